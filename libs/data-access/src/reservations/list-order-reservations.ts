import type { Pool } from 'pg';
import {
  RESERVATION_VIEW_COLUMNS,
  type ReservationView,
  type ReservationViewValues,
  toReservationView,
} from './reservation-view';

/** Indexes: reservations_order_id_idx, stock_items_pkey. The ids tell the order of creation. */
export const LIST_ORDER_RESERVATIONS_SQL = `
SELECT ${RESERVATION_VIEW_COLUMNS}
FROM (SELECT * FROM reservations WHERE order_id = $1::uuid ORDER BY id DESC LIMIT $2::int) AS r
JOIN stock_items i ON i.id = r.item_id
ORDER BY r.id`;

/** The newest reservations of an order, whatever became of them; the oldest of those first. */
export async function listOrderReservations(
  pool: Pool,
  { orderId, limit }: { orderId: string; limit: number },
): Promise<ReservationView[]> {
  const { rows } = await pool.query<ReservationViewValues>({
    name: 'list-order-reservations',
    text: LIST_ORDER_RESERVATIONS_SQL,
    rowMode: 'array',
    values: [orderId, limit],
  });
  return rows.map(toReservationView);
}
