import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { overdueHoldsOf } from './overdue-holds-of';
import {
  RESERVATION_COLUMNS,
  type ReservationValues,
  type StoredReservation,
  toStoredReservation,
} from './stored-reservation';

/**
 * Indexes: reservations_order_id_idx, reservations_pkey, reservations_pending_item_idx. Run after the
 * items are locked: every change of a reservation is made under the lock of its item, so what this
 * returns stays true until the transaction ends.
 */
export const READ_RESERVATIONS_SQL = `
SELECT ${RESERVATION_COLUMNS} FROM reservations r WHERE r.order_id = ANY ($1::uuid[])
UNION
SELECT ${RESERVATION_COLUMNS} FROM reservations r WHERE r.id = ANY ($2::uuid[])
UNION
SELECT overdue.* FROM unnest($3::uuid[]) AS item (id) CROSS JOIN LATERAL (
  SELECT ${RESERVATION_COLUMNS} FROM reservations r ${overdueHoldsOf('item.id')}) AS overdue`;

export interface ReservationQuery {
  orderIds: readonly string[];
  reservationIds: readonly string[];
  /** Items whose overdue holds are wanted too. */
  itemIds: readonly string[];
}

/** Oldest first. */
export async function readReservations(
  client: ClientBase,
  query: ReservationQuery,
): Promise<StoredReservation[]> {
  const { rows } = await client.query<ReservationValues>({
    name: 'read-reservations',
    text: READ_RESERVATIONS_SQL,
    rowMode: 'array',
    values: [
      arrayLiteral(query.orderIds),
      arrayLiteral(query.reservationIds),
      arrayLiteral(query.itemIds),
    ],
  });
  return rows.map(toStoredReservation).sort((a, b) => (a.id < b.id ? -1 : 1));
}
