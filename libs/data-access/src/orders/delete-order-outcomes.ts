import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';

/** Index: order_outcomes_pkey. */
export const DELETE_ORDER_OUTCOMES_SQL = `
DELETE FROM order_outcomes WHERE position = ANY ($1::bigint[])`;

/** Forgets what an event of the order took up. */
export async function deleteOrderOutcomes(
  client: ClientBase,
  positions: readonly number[],
): Promise<void> {
  await client.query({
    name: 'delete-order-outcomes',
    text: DELETE_ORDER_OUTCOMES_SQL,
    values: [arrayLiteral(positions)],
  });
}
