import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import type { OrderOutcomeKind, StoredOrderOutcome } from './order-outcome';

/** Index: order_outcomes_message_key. Run after the orders are locked. */
export const READ_ORDER_OUTCOMES_SQL = `
SELECT position::float8, order_id, outcome, message_id, source, correlation_id, traceparent
FROM order_outcomes WHERE order_id = ANY ($1::uuid[])
ORDER BY position`;

type Row = [number, string, OrderOutcomeKind, string, string, string, string | null];

/** In the order of arrival. */
export async function readOrderOutcomes(
  client: ClientBase,
  orderIds: readonly string[],
): Promise<StoredOrderOutcome[]> {
  const { rows } = await client.query<Row>({
    name: 'read-order-outcomes',
    text: READ_ORDER_OUTCOMES_SQL,
    rowMode: 'array',
    values: [arrayLiteral(orderIds)],
  });
  return rows.map(([position, orderId, outcome, messageId, source, correlationId, traceparent]) => {
    return { position, orderId, outcome, messageId, source, correlationId, traceparent };
  });
}
