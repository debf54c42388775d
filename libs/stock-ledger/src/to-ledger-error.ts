import { AppError } from '@inventory-events/errors';
import { DatabaseError } from 'pg';

const CHECK_VIOLATION = '23514';

/** A partition that is not there yet looks like a violated check, but says nothing of the batch. */
export function toLedgerError(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  if (error.code !== CHECK_VIOLATION || error.constraint !== undefined) return error;
  return new AppError('DEPENDENCY_UNAVAILABLE', 'a time partition is missing', { cause: error });
}
