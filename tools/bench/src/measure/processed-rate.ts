import type { Pool } from 'pg';
import { until } from './until';

/**
 * Messages a second by the inbox: from the start of the first batch to the start of the last, which
 * the database's clock has noted, so that watching costs next to nothing.
 */
export async function processedRate(pool: Pool, count: number): Promise<number> {
  const isDone = async () => {
    const { rows } = await pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM inbox_messages',
    );
    return (rows[0]?.count ?? 0) >= count;
  };
  const what = `${count} processed updates`;
  await until(isDone, { what, timeoutMs: 600_000, intervalMs: 250 });
  const { rows } = await pool.query<{ rate: number }>(
    `SELECT (count(*) FILTER (WHERE received_at < last)
       / extract(epoch FROM max(received_at) - min(received_at)))::float8 AS rate
     FROM inbox_messages, (SELECT max(received_at) AS last FROM inbox_messages) AS ending`,
  );
  return rows[0]?.rate ?? Number.NaN;
}
