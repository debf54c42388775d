import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from '../observability/create-logger';
import { childTraceContext, parseTraceparent, toTraceparent } from '../observability/trace-context';
import { toCorrelationId } from './to-correlation-id';

export interface RequestContext {
  readonly requestId: string;
  /** Carried into every event that the request causes. */
  readonly correlationId: string;
  readonly traceparent: string;
  readonly logger: Logger;
}

const CONTEXT = 'requestContext';
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** Takes over well-formed ids of the caller, makes up the missing ones and tells them in the answer. */
export function requestContext(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(given) ? given : randomUUID();
    const correlationId = toCorrelationId(request.get('x-correlation-id'));
    const parent = parseTraceparent(request.get('traceparent'));
    const trace = childTraceContext(parent);
    let own: Logger | undefined;
    const context: RequestContext = {
      requestId,
      correlationId,
      traceparent: toTraceparent(trace),
      // Most requests have nothing to log, and a logger of its own is dear.
      get logger() {
        return (own ??= logger.child({ requestId, correlationId, traceId: trace.traceId }));
      },
    };
    response.locals[CONTEXT] = context;
    response.setHeader('X-Request-Id', requestId);
    response.setHeader('X-Correlation-Id', correlationId);
    next();
  };
}

export function requestContextOf(response: Response): RequestContext {
  const context = response.locals[CONTEXT] as RequestContext | undefined;
  if (context === undefined) throw new Error('requestContext must be mounted before its readers');
  return context;
}
