import type { Pool } from 'pg';

/**
 * Index: suspect_messages_pkey. The table holds what processes are about to try alone, a handful of
 * rows; what was left behind is forgotten after a day.
 */
const SQL = `
WITH forgotten AS (
  DELETE FROM suspect_messages WHERE seen_at < now() - interval '1 day' AND key <> $1
)
INSERT INTO suspect_messages AS s (key, attempts) VALUES ($1, 1)
ON CONFLICT (key) DO UPDATE SET attempts = s.attempts + 1, seen_at = now()
RETURNING attempts`;

/** Records, durably, one more attempt at a message that may crash its process; returns how many. */
export async function beginSuspect(pool: Pool, key: Buffer): Promise<number> {
  const { rows } = await pool.query<{ attempts: number }>(SQL, [key]);
  return rows[0]?.attempts ?? 1;
}
