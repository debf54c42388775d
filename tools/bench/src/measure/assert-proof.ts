import type { Pool } from 'pg';

const DRIFT = `
SELECT count(*)::int AS drifted FROM stock_items i
LEFT JOIN (SELECT item_id, sum(quantity) AS total FROM stock_movements GROUP BY item_id) m
  ON m.item_id = i.id
LEFT JOIN (SELECT item_id, sum(quantity) AS total FROM reservations
  WHERE status = 'PENDING' GROUP BY item_id) r ON r.item_id = i.id
WHERE i.on_hand <> coalesce(m.total, 0) OR i.reserved <> coalesce(r.total, 0)
  OR i.on_hand - i.reserved < 0`;

/** A figure counts only if no unit was oversold, lost or made up while it was taken. */
export async function assertProof(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ drifted: number }>(DRIFT);
  const drifted = rows[0]?.drifted ?? Number.NaN;
  if (drifted !== 0) throw new Error(`${drifted} items don't add up`);
}
