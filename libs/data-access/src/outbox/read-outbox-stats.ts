import type { ClientBase, Pool } from 'pg';

/**
 * Indexes: outbox_messages_pkey, walked once for both figures, up to the cap; the small table of
 * parked events is scanned. Dead rows that can't be cleaned up yet cost as much as others here.
 */
export const READ_OUTBOX_STATS_SQL = `
  SELECT pending, extract(epoch FROM clock_timestamp() - oldest)::float8 AS oldest_age_seconds,
    (SELECT count(*) FROM outbox_parked WHERE redriven_at IS NULL)::int AS parked
  FROM (
    SELECT count(*)::int AS pending, min(created_at) AS oldest
    FROM (SELECT created_at FROM outbox_messages ORDER BY position LIMIT $1::int) AS first_ones
  ) AS counted`;

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
