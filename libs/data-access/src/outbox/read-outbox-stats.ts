import type { ClientBase, Pool } from 'pg';

/**
 * Indexes: outbox_messages_pkey for the oldest row and for counting up to the cap;
 * outbox_parked_parked_at_idx or a scan of the small table of parked events.
 */
export const READ_OUTBOX_STATS_SQL = `
  SELECT
    (SELECT count(*) FROM (SELECT FROM outbox_messages ORDER BY position LIMIT $1::int) AS counted)
      ::int AS pending,
    (SELECT extract(epoch FROM clock_timestamp() - created_at)::float8
     FROM outbox_messages ORDER BY position LIMIT 1) AS oldest_age_seconds,
    (SELECT count(*) FROM outbox_parked WHERE redriven_at IS NULL)::int AS parked`;

export interface OutboxStats {
  /** Up to the cap: counting further would cost as much as publishing. */
  readonly pending: number;
  readonly oldestAgeSeconds: number;
  readonly parked: number;
}

interface StatsRow {
  readonly pending: number;
  readonly oldest_age_seconds: number | null;
  readonly parked: number;
}

export async function readOutboxStats(
  db: Pool | ClientBase,
  cap = 1_000_000,
): Promise<OutboxStats> {
  const { rows } = await db.query<StatsRow>(READ_OUTBOX_STATS_SQL, [cap]);
  const [row] = rows;
  return {
    pending: row?.pending ?? 0,
    oldestAgeSeconds: Math.max(0, row?.oldest_age_seconds ?? 0),
    parked: row?.parked ?? 0,
  };
}
