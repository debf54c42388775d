import type { ErrorCode } from './error-code';

const RETRYABLE_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DEPENDENCY_UNAVAILABLE',
  'TIMEOUT',
  'PUBLISH_NACKED',
  'RATE_LIMITED',
  'SHUTTING_DOWN',
]);

export interface AppErrorOptions {
  readonly cause?: unknown;
  /** Facts for the caller, safe to show: never a secret, never a stack. */
  readonly details?: unknown;
  /** Overrides what the code says by itself. */
  readonly retryable?: boolean;
}

/** The one error type that crosses a module boundary. Knows no transport. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? RETRYABLE_CODES.has(code);
    this.details = options.details;
  }
}
