import type { ClientBase, Pool } from 'pg';

/**
 * Index: outbox_messages_pkey, from the oldest row up to the cap. In normal times the outbox holds a
 * few rows; behind a long outage the figures per partition are of the oldest rows.
 */
export const READ_OUTBOX_PARTITIONS_SQL = `
  SELECT partition, count(*)::int AS pending, count(*) FILTER (WHERE attempts > 0)::int AS failing,
    extract(epoch FROM clock_timestamp() - min(created_at))::float8 AS "oldestAgeSeconds"
  FROM (
    SELECT partition, attempts, created_at FROM outbox_messages ORDER BY position LIMIT $1::int
  ) AS oldest
  GROUP BY partition ORDER BY partition`;

export interface OutboxPartition {
  readonly partition: number;
  readonly pending: number;
  /** Those that failed at least once and will be tried again. */
  readonly failing: number;
  readonly oldestAgeSeconds: number;
}

export async function readOutboxPartitions(
  db: Pool | ClientBase,
  cap: number,
): Promise<readonly OutboxPartition[]> {
  const { rows } = await db.query<OutboxPartition>(READ_OUTBOX_PARTITIONS_SQL, [cap]);
  return rows;
}
