import type { Pool } from 'pg';

const ROWS_PER_STATEMENT = 1_000;
const MAX_STATEMENTS = 100;

/**
 * Indexes: order_outcomes_created_at_idx, order_outcomes_pkey. Skips what an event is taking up at
 * the moment.
 */
export const EXPIRE_ORDER_OUTCOMES_SQL = `
DELETE FROM order_outcomes WHERE position = ANY (ARRAY(
  SELECT position FROM order_outcomes
  WHERE created_at < now() - make_interval(days => $1::int)
  ORDER BY created_at LIMIT $2::int
  FOR UPDATE SKIP LOCKED))`;

/**
 * Forgets what no event of its order has taken up for so many days; returns how much that was. An
 * order's own event deletes its rows, mostly within seconds, so the table stays next to empty and
 * what is left behind are the few orders that never came. Time partitions to drop would hold nothing
 * else, so these are deleted: by index, and a bounded number at a time.
 */
export async function expireOrderOutcomes(
  pool: Pool,
  { days, rowsPerStatement = ROWS_PER_STATEMENT }: { days: number; rowsPerStatement?: number },
): Promise<number> {
  let expired = 0;
  for (let statement = 0; statement < MAX_STATEMENTS; statement += 1) {
    const { rowCount } = await pool.query(EXPIRE_ORDER_OUTCOMES_SQL, [days, rowsPerStatement]);
    expired += rowCount ?? 0;
    if ((rowCount ?? 0) < rowsPerStatement) break;
  }
  return expired;
}
