export { AppError, type AppErrorOptions } from './app-error';
export { coerceError } from './coerce-error';
export { ERROR_CODES, type ErrorCode } from './error-code';
export { isRetryable } from './is-retryable';
export { toAppError } from './to-app-error';
