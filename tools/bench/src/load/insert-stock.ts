import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

const PER_STATEMENT = 10_000;

/** Items with a baseline, so that on hand is the sum of the movements from the start. */
export async function insertStock(
  pool: Pool,
  { count, quantity }: { count: number; quantity: number },
): Promise<string[]> {
  const productIds = Array.from({ length: count }, () => randomUUID());
  for (let from = 0; from < count; from += PER_STATEMENT) {
    await pool.query(
      `WITH item AS (
         INSERT INTO stock_items (id, product_id, on_hand, status, baselined)
         SELECT gen_random_uuid(), product_id, $2, 'IN_STOCK', true
         FROM unnest($1::uuid[]) AS product_id
         RETURNING id, on_hand)
       INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after, reason)
       SELECT uuid_v7(), id, 'ADJUSTMENT', on_hand, on_hand, 'baseline' FROM item`.replace(
        'uuid_v7()',
        UUID_V7,
      ),
      [productIds.slice(from, from + PER_STATEMENT), quantity],
    );
  }
  await pool.query('ANALYZE stock_items');
  return productIds;
}

/** Random behind the present millisecond, for the partition of today. */
const UUID_V7 = `(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
  || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`;
