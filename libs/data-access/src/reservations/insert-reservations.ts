import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { textArray } from '../parameters/text-array';
import type { StoredReservation } from './stored-reservation';

/** Keeps the primary key and the indexes by order, pending item and pending expiry. */
export const INSERT_RESERVATIONS_SQL = `
INSERT INTO reservations (id, order_id, user_id, item_id, quantity, status, expires_at,
  correlation_id, committed_at, cancelled_at, returned_at, reserved_at, created_at, updated_at)
SELECT id, order_id, user_id, item_id, quantity, status, to_timestamp(expires_at / 1000.0),
  correlation_id, CASE WHEN status = 'COMMITTED' THEN now.at END,
  CASE WHEN status IN ('CANCELLED', 'EXPIRED') THEN now.at END,
  CASE WHEN is_returned THEN now.at END, now.at, now.at, now.at
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::reservation_status[],
  $7::float8[], $8::text[], $10::boolean[])
  AS r (id, order_id, user_id, item_id, quantity, status, expires_at, correlation_id, is_returned)
CROSS JOIN (SELECT to_timestamp($9::float8 / 1000.0) AS at) AS now`;

/** A batch may end what it began: some are inserted as what became of them. */
export async function insertReservations(
  client: ClientBase,
  reservations: readonly StoredReservation[],
  nowMs: number,
): Promise<void> {
  await client.query({
    name: 'insert-reservations',
    text: INSERT_RESERVATIONS_SQL,
    values: [
      arrayLiteral(reservations.map((row) => row.id)),
      arrayLiteral(reservations.map((row) => row.orderId)),
      arrayLiteral(reservations.map((row) => row.userId)),
      arrayLiteral(reservations.map((row) => row.itemId)),
      arrayLiteral(reservations.map((row) => row.quantity)),
      arrayLiteral(reservations.map((row) => row.status)),
      arrayLiteral(reservations.map((row) => row.expiresAtMs)),
      textArray(reservations.map((row) => row.correlationId)),
      nowMs,
      arrayLiteral(reservations.map((row) => row.isReturned)),
    ],
  });
}
