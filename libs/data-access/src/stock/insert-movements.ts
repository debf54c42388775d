import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { textArray } from '../parameters/text-array';

export interface MovementRow {
  id: string;
  itemId: string;
  type: string;
  /** Signed change of the quantity on hand. */
  quantity: number;
  quantityAfter: number;
  reason: string | null;
  reference: string | null;
  /** Who moved the stock, and what they noted. */
  performedBy: string | null;
  note: string | null;
  causeMessageId: string | null;
  /** What the source believed the quantity before was, when it contradicted the ledger. */
  reportedPreviousQuantity: number | null;
}

/** Inserts into the partition of the ids; indexes: primary key, (item_id, id). */
export const INSERT_MOVEMENTS_SQL = `
INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after, reason, reference,
  cause_message_id, reported_previous_quantity, performed_by, note, created_at)
SELECT id, item_id, type, quantity, quantity_after, reason, reference, cause_message_id,
  reported_previous_quantity, performed_by, note, to_timestamp($10::float8 / 1000.0)
FROM unnest($1::uuid[], $2::uuid[], $3::movement_type[], $4::int[], $5::int[], $6::text[],
  $7::text[], $8::uuid[], $9::int[], $11::text[], $12::text[])
  AS m (id, item_id, type, quantity, quantity_after, reason, reference, cause_message_id,
    reported_previous_quantity, performed_by, note)`;

export async function insertMovements(
  client: ClientBase,
  movements: readonly MovementRow[],
  nowMs: number,
): Promise<void> {
  await client.query({
    name: 'insert-movements',
    text: INSERT_MOVEMENTS_SQL,
    values: [
      arrayLiteral(movements.map((row) => row.id)),
      arrayLiteral(movements.map((row) => row.itemId)),
      arrayLiteral(movements.map((row) => row.type)),
      arrayLiteral(movements.map((row) => row.quantity)),
      arrayLiteral(movements.map((row) => row.quantityAfter)),
      textArray(movements.map((row) => row.reason)),
      textArray(movements.map((row) => row.reference)),
      arrayLiteral(movements.map((row) => row.causeMessageId)),
      arrayLiteral(movements.map((row) => row.reportedPreviousQuantity)),
      nowMs,
      textArray(movements.map((row) => row.performedBy)),
      textArray(movements.map((row) => row.note)),
    ],
  });
}
