export const AUTHORIZATION = 'authorization';
/** Taken over where it is a UUID, told in the headers of every answer. */
export const CORRELATION_ID = 'x-correlation-id';
export const TRACEPARENT = 'traceparent';
export const IDEMPOTENCY_KEY = 'idempotency-key';
