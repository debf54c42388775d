import type { Pool } from 'pg';
import {
  RESERVATION_VIEW_COLUMNS,
  type ReservationView,
  type ReservationViewValues,
  toReservationView,
} from './reservation-view';

/** Indexes: reservations_pkey, stock_items_pkey. */
export const FIND_RESERVATION_SQL = `
SELECT ${RESERVATION_VIEW_COLUMNS}
FROM reservations r JOIN stock_items i ON i.id = r.item_id
WHERE r.id = $1::uuid`;

export async function findReservation(
  pool: Pool,
  reservationId: string,
): Promise<ReservationView | undefined> {
  const { rows } = await pool.query<ReservationViewValues>({
    name: 'find-reservation',
    text: FIND_RESERVATION_SQL,
    rowMode: 'array',
    values: [reservationId],
  });
  return rows[0] && toReservationView(rows[0]);
}
