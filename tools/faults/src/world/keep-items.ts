import { randomUUID } from 'node:crypto';
import { itemTextOf, type ItemName } from '../workload/operation';
import type { World } from './open-world';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * Makes the rows of items, as empty as the product makes them, with ids whose events belong to the
 * partitions that the first of two relays keeps when the second one joins.
 */
export async function keepItems({ pool }: World, items: readonly ItemName[]): Promise<void> {
  const distinct = [...new Map(items.map((item) => [itemTextOf(item), item])).values()];
  await pool.query(
    `INSERT INTO stock_items (id, product_id, variant_id, warehouse_id)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])`,
    [
      // The last byte decides on the partition, the lower half of which is the first relay's.
      distinct.map(() => `${randomUUID().slice(0, -2)}07`),
      distinct.map((item) => item.productId),
      distinct.map((item) => item.variantId ?? NIL_UUID),
      distinct.map((item) => item.warehouseId ?? NIL_UUID),
    ],
  );
}
