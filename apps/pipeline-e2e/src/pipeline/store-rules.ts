import { withClient } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import type { ShopItem } from '../shop-day/shop-item';

/** Stores the threshold rules of a shop's items, which must be there before the day starts. */
export function storeRules(databaseUrl: string, items: readonly ShopItem[]): Promise<void> {
  const ruled = items.flatMap(({ productId, rule }) => (rule ? [{ productId, ...rule }] : []));
  return withClient(databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO threshold_rules (id, product_id, low_stock_threshold, hysteresis)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[])`,
      [
        ruled.map(() => randomUUID()),
        ruled.map(({ productId }) => productId),
        ruled.map(({ threshold }) => threshold),
        ruled.map(({ band }) => band),
      ],
    );
  });
}
