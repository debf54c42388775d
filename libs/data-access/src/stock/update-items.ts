import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { textArray } from '../parameters/text-array';
import type { LockedItem } from './lock-items';

/** Index: stock_items_pkey. Touches no indexed column but `sku`, and that only when it changes. */
export const UPDATE_ITEMS_SQL = `
UPDATE stock_items AS i SET
  on_hand = c.on_hand, reserved = c.reserved, status = c.status, sequence = c.sequence,
  baselined = c.baselined, sku = c.sku, low_stock_threshold = c.low_stock_threshold,
  reorder_point = c.reorder_point, reorder_quantity = c.reorder_quantity, version = c.version,
  source_sequence = c.source_sequence,
  source_occurred_at = to_timestamp(c.source_occurred_at / 1000.0),
  updated_at = to_timestamp($10::float8 / 1000.0)
FROM unnest($1::uuid[], $2::int[], $3::int[], $4::stock_status[], $5::bigint[], $6::boolean[],
  $7::text[], $8::bigint[], $9::float8[], $11::int[], $12::int[], $13::int[], $14::bigint[])
  AS c (id, on_hand, reserved, status, sequence, baselined, sku, source_sequence,
    source_occurred_at, low_stock_threshold, reorder_point, reorder_quantity, version)
WHERE i.id = c.id`;

/** Stores the new state of items that this transaction has locked. */
export async function updateItems(
  client: ClientBase,
  items: readonly LockedItem[],
  nowMs: number,
): Promise<void> {
  await client.query({
    name: 'update-items',
    text: UPDATE_ITEMS_SQL,
    values: [
      arrayLiteral(items.map((item) => item.id)),
      arrayLiteral(items.map((item) => item.onHand)),
      arrayLiteral(items.map((item) => item.reserved)),
      arrayLiteral(items.map((item) => item.status)),
      arrayLiteral(items.map((item) => item.sequence)),
      arrayLiteral(items.map((item) => item.baselined)),
      textArray(items.map((item) => item.sku)),
      arrayLiteral(items.map((item) => item.sourceSequence)),
      arrayLiteral(items.map((item) => item.sourceOccurredAt)),
      nowMs,
      arrayLiteral(items.map((item) => item.lowStockThreshold)),
      arrayLiteral(items.map((item) => item.reorderPoint)),
      arrayLiteral(items.map((item) => item.reorderQuantity)),
      arrayLiteral(items.map((item) => item.version)),
    ],
  });
}
