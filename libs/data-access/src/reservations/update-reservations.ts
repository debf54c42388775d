import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import type { StoredReservation } from './stored-reservation';

/**
 * Index: reservations_pkey. Ended reservations never change again, whatever is asked, but that sold
 * units come back once.
 */
export const UPDATE_RESERVATIONS_SQL = `
UPDATE reservations AS r SET
  quantity = c.quantity, status = c.status, expires_at = to_timestamp(c.expires_at / 1000.0),
  committed_at = CASE WHEN c.status = 'COMMITTED' THEN coalesce(r.committed_at, now.at) END,
  cancelled_at = CASE WHEN c.status IN ('CANCELLED', 'EXPIRED') THEN now.at END,
  returned_at = CASE WHEN c.is_returned THEN now.at END, updated_at = now.at
FROM unnest($1::uuid[], $2::int[], $3::reservation_status[], $4::float8[], $6::boolean[])
  AS c (id, quantity, status, expires_at, is_returned)
CROSS JOIN (SELECT to_timestamp($5::float8 / 1000.0) AS at) AS now
WHERE r.id = c.id AND (r.status = 'PENDING'
  OR r.status = 'COMMITTED' AND c.status = 'COMMITTED' AND r.returned_at IS NULL)`;

/** Stores the new state of reservations whose items this transaction has locked. */
export async function updateReservations(
  client: ClientBase,
  reservations: readonly StoredReservation[],
  nowMs: number,
): Promise<void> {
  await client.query({
    name: 'update-reservations',
    text: UPDATE_RESERVATIONS_SQL,
    values: [
      arrayLiteral(reservations.map((row) => row.id)),
      arrayLiteral(reservations.map((row) => row.quantity)),
      arrayLiteral(reservations.map((row) => row.status)),
      arrayLiteral(reservations.map((row) => row.expiresAtMs)),
      nowMs,
      arrayLiteral(reservations.map((row) => row.isReturned)),
    ],
  });
}
