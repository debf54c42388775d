import { AppError } from './app-error';
import { isRetryable } from './is-retryable';

/** What a caller is told of anything that was thrown: our own errors as they are, others by kind. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isRetryable(thrown)) {
    return new AppError('DEPENDENCY_UNAVAILABLE', 'A server this needs is not available.', {
      cause: thrown,
    });
  }
  return new AppError('INTERNAL', 'An unexpected error occurred.', { cause: thrown });
}
