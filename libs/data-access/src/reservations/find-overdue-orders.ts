import type { Pool } from 'pg';

export interface OverdueOrder {
  orderId: string;
  correlationId: string;
  reservationIds: string[];
}

/** Index: reservations_pending_expiry_idx. Takes no lock: the ledger judges each hold again. */
export const FIND_OVERDUE_ORDERS_SQL = `
SELECT order_id, min(correlation_id), array_agg(id ORDER BY id)
FROM (
  SELECT id, order_id, correlation_id FROM reservations
  WHERE status = 'PENDING' AND expires_at <= clock_timestamp()
  ORDER BY expires_at LIMIT $1::int
) AS overdue
GROUP BY order_id`;

/** The orders of the longest overdue holds, `limit` holds at most. */
export async function findOverdueOrders(pool: Pool, limit: number): Promise<OverdueOrder[]> {
  const { rows } = await pool.query<[string, string, string[]]>({
    name: 'find-overdue-orders',
    text: FIND_OVERDUE_ORDERS_SQL,
    rowMode: 'array',
    values: [limit],
  });
  return rows.map(([orderId, correlationId, reservationIds]) => ({
    orderId,
    correlationId,
    reservationIds,
  }));
}
