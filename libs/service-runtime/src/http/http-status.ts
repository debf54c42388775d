import type { ErrorCode } from '@inventory-events/errors';

/** The one place where error codes become HTTP. A code that is not listed is a fault of ours. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  INVALID_REQUEST: 400,
  MALFORMED_JSON: 400,
  INVALID_ENCODING: 400,
  NESTING_TOO_DEEP: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  INSUFFICIENT_STOCK: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_KEY_REUSED: 422,
  RATE_LIMITED: 429,
  DEPENDENCY_UNAVAILABLE: 503,
  TIMEOUT: 503,
  PUBLISH_NACKED: 503,
  PUBLISH_UNROUTABLE: 503,
  SHUTTING_DOWN: 503,
};

export function toHttpStatus(code: ErrorCode): number {
  return STATUS[code] ?? 500;
}
