import type { ClientBase, Pool } from 'pg';
import { NIL_UUID } from '../stock/item-key';

export interface OverdueOrder {
  orderId: string;
  correlationId: string;
  reservationIds: string[];
}

/** Where a page of overdue holds ended. */
export interface OverduePosition {
  /** As the database writes it. */
  expiresAt: string;
  reservationId: string;
}

export interface OverduePage {
  orders: OverdueOrder[];
  /** Undefined where nothing was found. */
  end: OverduePosition | undefined;
  holdCount: number;
}

/**
 * Index: reservations_pending_expiry_idx, from the position on and up to now: clock_timestamp(),
 * being volatile, could not bound the scan, which would walk through all holds that are not
 * overdue. Takes no lock: the ledger judges each hold again.
 */
export const FIND_OVERDUE_ORDERS_SQL = `
WITH overdue AS MATERIALIZED (
  SELECT id, order_id, correlation_id, expires_at FROM reservations
  WHERE status = 'PENDING' AND expires_at <= statement_timestamp()
    AND (expires_at, id) > ($2::timestamptz, $3::uuid)
  ORDER BY expires_at, id LIMIT $1::int
)
SELECT order_id, min(correlation_id), array_agg(id ORDER BY id),
  (SELECT ARRAY[expires_at::text, id::text] FROM overdue ORDER BY expires_at DESC, id DESC LIMIT 1)
FROM overdue
GROUP BY order_id`;

/** The orders of the holds that are overdue longest, behind the position; `limit` holds at most. */
export async function findOverdueOrders(
  db: Pool | ClientBase,
  { limit, after }: { limit: number; after?: OverduePosition | undefined },
): Promise<OverduePage> {
  const { rows } = await db.query<[string, string, string[], [string, string]]>({
    name: 'find-overdue-orders',
    text: FIND_OVERDUE_ORDERS_SQL,
    rowMode: 'array',
    values: [limit, after?.expiresAt ?? '-infinity', after?.reservationId ?? NIL_UUID],
  });
  const orders = rows.map(([orderId, correlationId, reservationIds]) => ({
    orderId,
    correlationId,
    reservationIds,
  }));
  const [expiresAt, reservationId] = rows[0]?.[3] ?? [];
  return {
    orders,
    end:
      expiresAt === undefined || reservationId === undefined
        ? undefined
        : { expiresAt, reservationId },
    holdCount: orders.reduce((sum, order) => sum + order.reservationIds.length, 0),
  };
}
