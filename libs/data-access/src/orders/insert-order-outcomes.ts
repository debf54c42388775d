import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { textArray } from '../parameters/text-array';
import type { OrderOutcome } from './order-outcome';

/**
 * Keeps the primary key, order_outcomes_message_key and order_outcomes_created_at_idx. Positions are
 * drawn in the order given. An event that outlived its row in the inbox may be there already.
 */
const INSERT_ORDER_OUTCOMES_SQL = `
INSERT INTO order_outcomes (order_id, outcome, message_id, source, correlation_id, traceparent,
  created_at)
SELECT order_id, outcome, message_id, source, correlation_id, traceparent,
  to_timestamp($7::float8 / 1000.0)
FROM unnest($1::uuid[], $2::order_outcome[], $3::uuid[], $4::text[], $5::text[], $6::text[])
  WITH ORDINALITY AS o (order_id, outcome, message_id, source, correlation_id, traceparent, nr)
ORDER BY nr
ON CONFLICT (order_id, message_id) DO NOTHING`;

export async function insertOrderOutcomes(
  client: ClientBase,
  outcomes: readonly OrderOutcome[],
  nowMs: number,
): Promise<void> {
  await client.query({
    name: 'insert-order-outcomes',
    text: INSERT_ORDER_OUTCOMES_SQL,
    values: [
      arrayLiteral(outcomes.map((row) => row.orderId)),
      arrayLiteral(outcomes.map((row) => row.outcome)),
      arrayLiteral(outcomes.map((row) => row.messageId)),
      textArray(outcomes.map((row) => row.source)),
      textArray(outcomes.map((row) => row.correlationId)),
      textArray(outcomes.map((row) => row.traceparent)),
      nowMs,
    ],
  });
}
