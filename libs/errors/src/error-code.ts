/**
 * Every code that an error of this system may carry. Codes are part of the outside interface: they
 * stand in problem+json answers, in dead-letter headers and in metrics, and are never renamed.
 */
export const ERROR_CODES = [
  // Messages that cannot be processed
  'MALFORMED_JSON',
  'DUPLICATE_JSON_KEY',
  'INVALID_ENCODING',
  'MESSAGE_TOO_LARGE',
  'NESTING_TOO_DEEP',
  'UNSUPPORTED_CONTENT_TYPE',
  'UNSUPPORTED_CONTENT_ENCODING',
  'UNKNOWN_EVENT_TYPE',
  'UNSUPPORTED_EVENT_VERSION',
  'INVALID_MESSAGE',
  'MISSING_EVENT_ID',
  'EVENT_ID_CONFLICT',
  'ATTEMPTS_EXHAUSTED',
  // Requests
  'INVALID_REQUEST',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'RATE_LIMITED',
  'CONFLICT',
  'IDEMPOTENCY_KEY_REUSED',
  // Stock
  'INSUFFICIENT_STOCK',
  // Infrastructure
  'DEPENDENCY_UNAVAILABLE',
  'TIMEOUT',
  'PUBLISH_NACKED',
  'PUBLISH_UNROUTABLE',
  'SHUTTING_DOWN',
  'CONFIG_INVALID',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
