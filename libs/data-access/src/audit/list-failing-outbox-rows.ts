import type { ClientBase, Pool } from 'pg';

/** Index: outbox_messages_pkey, from the oldest row up to the cap. */
export const LIST_FAILING_OUTBOX_ROWS_SQL = `
  SELECT event_id AS "eventId", event_type AS "eventType", item_id AS "itemId",
    sequence::float8 AS sequence, attempts, last_error AS "lastError",
    next_attempt_at AS "nextAttemptAt", created_at AS "createdAt"
  FROM (SELECT * FROM outbox_messages ORDER BY position LIMIT $1::int) AS oldest
  WHERE attempts > 0
  ORDER BY position
  LIMIT $2::int`;

export interface FailingOutboxRow {
  readonly eventId: string;
  readonly eventType: string;
  readonly itemId: string;
  readonly sequence: number;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
}

export async function listFailingOutboxRows(
  db: Pool | ClientBase,
  { cap, limit }: { readonly cap: number; readonly limit: number },
): Promise<readonly FailingOutboxRow[]> {
  const { rows } = await db.query<FailingOutboxRow>(LIST_FAILING_OUTBOX_ROWS_SQL, [cap, limit]);
  return rows;
}
