import { AppError } from '@inventory-events/errors';
import { DatabaseError } from 'pg';

const UNIQUE_VIOLATION = '23505';
const CHECK_VIOLATION = '23514';

/**
 * Two constraint violations say nothing against the commands: another session took one of the
 * messages in the meantime, or the partition of today is not there yet. Both go away.
 */
export function toLedgerError(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  if (error.code === UNIQUE_VIOLATION && error.table?.startsWith('inbox_messages')) {
    return new AppError('CONFLICT', 'a message of the batch was processed elsewhere meanwhile', {
      cause: error,
      retryable: true,
    });
  }
  if (error.code === CHECK_VIOLATION && error.constraint === undefined) {
    return new AppError('DEPENDENCY_UNAVAILABLE', 'a time partition is missing', { cause: error });
  }
  return error;
}
