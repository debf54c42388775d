import type { Pool } from 'pg';
import { createUuidV7Source } from '../ids/uuid-v7';
import { arrayLiteral } from '../parameters/array-literal';
import { NIL_UUID, type ItemKey } from './item-key';

/**
 * Index: stock_items_item_key. Sorted, so that two sessions meeting the same new items wait for
 * each other in one direction; a transaction of its own, so that it never waits while holding
 * locks of a batch.
 */
const SQL = `
INSERT INTO stock_items (id, product_id, variant_id, warehouse_id)
SELECT id, product_id, variant_id, warehouse_id
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])
  AS new (id, product_id, variant_id, warehouse_id)
ORDER BY product_id, variant_id, warehouse_id
ON CONFLICT (product_id, variant_id, warehouse_id) DO NOTHING`;

/** Makes the rows of items never seen before: empty, without a baseline. */
export async function ensureItems(pool: Pool, keys: readonly ItemKey[]): Promise<void> {
  const ids = createUuidV7Source(Date.now());
  await pool.query({
    name: 'ensure-items',
    text: SQL,
    values: [
      arrayLiteral(keys.map(() => ids.next())),
      arrayLiteral(keys.map((key) => key.productId)),
      arrayLiteral(keys.map((key) => key.variantId ?? NIL_UUID)),
      arrayLiteral(keys.map((key) => key.warehouseId ?? NIL_UUID)),
    ],
  });
}
