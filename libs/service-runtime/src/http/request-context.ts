import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
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
    const context = new OwnContext(logger, request);
    response.locals[CONTEXT] = context;
    response.setHeader('X-Request-Id', context.requestId);
    response.setHeader('X-Correlation-Id', context.correlationId);
    next();
  };
}

class OwnContext implements RequestContext {
  readonly requestId: string;
  readonly correlationId: string;
  readonly traceparent: string;
  readonly #traceId: string;
  readonly #common: Logger;
  #own: Logger | undefined;

  constructor(common: Logger, request: Request) {
    const given = request.get('x-request-id') ?? '';
    this.requestId = REQUEST_ID.test(given) ? given : randomUUID();
    this.correlationId = toCorrelationId(request.get('x-correlation-id'));
    const trace = childTraceContext(parseTraceparent(request.get('traceparent')));
    this.traceparent = toTraceparent(trace);
    this.#traceId = trace.traceId;
    this.#common = common;
  }

  /** Made when it is asked for: most requests have nothing to log, and one of its own is dear. */
  get logger(): Logger {
    const { requestId, correlationId } = this;
    return (this.#own ??= this.#common.child({ requestId, correlationId, traceId: this.#traceId }));
  }
}

export function requestContextOf(response: Response): RequestContext {
  const context = response.locals[CONTEXT] as RequestContext | undefined;
  if (context === undefined) throw new Error('requestContext must be mounted before its readers');
  return context;
}
