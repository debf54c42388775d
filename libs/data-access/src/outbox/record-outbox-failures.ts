import type { ClientBase, Pool } from 'pg';
import { PENDING_EVENT_TYPES } from './pending-event';

/** Index: outbox_messages_pkey, once per failure. No indexed column changes: the update is HOT. */
export const RECORD_OUTBOX_FAILURES_SQL = `
  UPDATE outbox_messages AS message
  SET attempts = failure.attempts,
    next_attempt_at = clock_timestamp() + failure.retry_in_ms * interval '1 millisecond',
    last_error = failure.error
  FROM unnest($1::bigint[], $2::int[], $3::int[], $4::text[])
    AS failure (position, attempts, retry_in_ms, error)
  WHERE message.position = failure.position
  RETURNING message.position`;

export interface OutboxFailure {
  readonly position: number;
  readonly attempts: number;
  readonly retryInMs: number;
  readonly error: string;
}

/** Persists failed attempts, so that another relay goes on counting. Returns what still exists. */
export async function recordOutboxFailures(
  db: Pool | ClientBase,
  failures: readonly OutboxFailure[],
): Promise<ReadonlySet<number>> {
  const { rows } = await db.query<{ position: number }>({
    name: 'record-outbox-failures',
    text: RECORD_OUTBOX_FAILURES_SQL,
    values: [
      failures.map((failure) => failure.position),
      failures.map((failure) => failure.attempts),
      failures.map((failure) => Math.ceil(failure.retryInMs)),
      failures.map((failure) => failure.error),
    ],
    types: PENDING_EVENT_TYPES,
  });
  return new Set(rows.map((row) => row.position));
}
