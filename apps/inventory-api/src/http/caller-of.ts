import {
  parseRequest,
  principalOf,
  requestContextOf,
} from '@inventory-events/service-runtime/http';
import type { CommandSignal } from '@inventory-events/stock-ledger';
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
    signal: new CallerPresence(response),
  };
}

/**
 * Aborted once the caller has left: what has not begun need not begin. No literal with a getter: to
 * V8 each of these is a class of its own, which keeps the request long after its end.
 */
class CallerPresence implements CommandSignal {
  readonly #response: Response;

  constructor(response: Response) {
    this.#response = response;
  }

  get aborted(): boolean {
    return this.#response.destroyed && !this.#response.writableEnded;
  }
}
