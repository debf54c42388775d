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
    // A caller who has left: what has not begun need not begin.
    signal: {
      get aborted() {
        return response.destroyed && !response.writableEnded;
      },
    },
  };
}
