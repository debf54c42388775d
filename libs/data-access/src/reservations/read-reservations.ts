import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { type ItemKey, itemKeyArrays } from '../stock/item-key';
import { overdueHoldsOf } from './overdue-holds-of';
import {
  RESERVATION_COLUMNS,
  type ReservationValues,
  type StoredReservation,
  toStoredReservation,
} from './stored-reservation';

/**
 * Indexes: reservations_order_id_idx, reservations_pkey, stock_items_item_key,
 * reservations_pending_item_idx. Run after the items are locked: every change of a reservation is
 * made under the lock of its item, so what this returns stays true until the transaction ends.
 * OFFSET 0 keeps the condition on `reserved` out of the look-up of the items: by statistics from
 * before the first hold next to none would meet it, and all items were read to find those.
 */
export const READ_RESERVATIONS_SQL = `
SELECT ${RESERVATION_COLUMNS} FROM reservations r WHERE r.order_id = ANY ($1::uuid[])
UNION
SELECT ${RESERVATION_COLUMNS} FROM reservations r WHERE r.id = ANY ($2::uuid[])
UNION
SELECT overdue.*
FROM unnest($3::uuid[], $4::uuid[], $5::uuid[]) AS wanted (product_id, variant_id, warehouse_id)
CROSS JOIN LATERAL (
  SELECT i.id, i.reserved FROM stock_items i
  WHERE i.product_id = wanted.product_id AND i.variant_id = wanted.variant_id
    AND i.warehouse_id = wanted.warehouse_id
  OFFSET 0) AS i
CROSS JOIN LATERAL (
  SELECT ${RESERVATION_COLUMNS} FROM reservations r ${overdueHoldsOf('i.id')}) AS overdue
WHERE i.reserved > 0`;

export interface ReservationQuery {
  orderIds: readonly string[];
  reservationIds: readonly string[];
  /** Items whose overdue holds are wanted too. */
  items: readonly ItemKey[];
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
      ...itemKeyArrays(query.items),
    ],
  });
  return rows.map(toStoredReservation).sort((a, b) => (a.id < b.id ? -1 : 1));
}
