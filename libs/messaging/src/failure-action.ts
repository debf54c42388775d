import { AppError, isRetryable } from '@inventory-events/errors';

export type FailureAction = 'ack' | 'retry' | 'dead-letter';

export interface AttemptCount {
  readonly attempt: number;
  readonly maxAttempts: number;
}

/**
 * What becomes of a message after its handler ended with `error`. The one place that decides it:
 * - nothing failed: ack;
 * - the environment failed (database or broker away, schema not migrated yet, no permission): retry
 *   for as long as it takes, because no message is at fault and none may lose an attempt by it;
 * - the message failed (our own verdict, or data that the database refuses): dead-letter;
 * - unknown: retry up to `maxAttempts`, then dead-letter.
 */
export function failureAction(error: Error | undefined, count: AttemptCount): FailureAction {
  if (!error) return 'ack';
  if (isOutage(error)) return 'retry';
  if (error instanceof AppError && error.code !== 'INTERNAL') return 'dead-letter';
  if (sqlStateClass(error) === '22' || sqlStateClass(error) === '23') return 'dead-letter';
  return count.attempt < count.maxAttempts ? 'retry' : 'dead-letter';
}

/** The failure lies in the environment, so it says nothing about the message. */
export function isOutage(error: Error): boolean {
  return isRetryable(error) || ENVIRONMENT_CLASSES.has(sqlStateClass(error) ?? '');
}

/** Wrong password, no such database, schema or table, no permission: mended by an operator. */
const ENVIRONMENT_CLASSES: ReadonlySet<string> = new Set(['28', '3D', '3F', '42', 'F0']);

function sqlStateClass(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code.slice(0, 2) : undefined;
}
