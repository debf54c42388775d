import { DatabaseError } from 'pg';

const UNIQUE_VIOLATION = '23505';

/**
 * The inbox refused a message: it was not there when this session looked, and is now. Possible
 * only for messages of one id about different items, whose locks don't exclude each other.
 */
export function isOvertaken(error: unknown): boolean {
  return (
    error instanceof DatabaseError &&
    error.code === UNIQUE_VIOLATION &&
    error.table?.startsWith('inbox_messages') === true
  );
}
