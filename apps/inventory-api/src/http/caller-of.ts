import {
  parseRequest,
  principalOf,
  requestContextOf,
} from '@inventory-events/service-runtime/http';
import type { Request, Response } from 'express';
import type { Caller } from '../commands/caller';
import { idempotencyHeaders } from './idempotency-headers';

/** Who sent a request, behind `authenticate`. Throws INVALID_REQUEST for a key that is none. */
export function callerOf(request: Request, response: Response): Caller {
  const { correlationId, traceparent } = requestContextOf(response);
  const headers = parseRequest('headers', idempotencyHeaders, request.headers);
  return {
    subject: principalOf(response).subject,
    transport: 'http',
    correlationId,
    traceparent,
    idempotencyKey: headers['idempotency-key'],
    signal: signalOfLeaving(response),
  };
}

/** Aborts when the connection ends before the answer does: what has not begun need not begin. */
function signalOfLeaving(response: Response): AbortSignal {
  const left = new AbortController();
  if (response.destroyed) left.abort();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  return left.signal;
}
