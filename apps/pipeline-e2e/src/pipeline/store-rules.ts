import { withClient } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { shopItem } from '../shop-day/shop-item';
import type { StockChange } from '../shop-day/stock-change';

/** Stores the threshold rules of a shop's items, which must be there before the day starts. */
export function storeRules(databaseUrl: string, changes: readonly StockChange[]): Promise<void> {
  const items = [...new Set(changes.map(({ stockCode }) => stockCode))].map(shopItem);
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
