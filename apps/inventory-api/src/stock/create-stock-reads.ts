import { AppError } from '@inventory-events/errors';
import type { ItemSetKey, StockCache } from '../cache/stock-cache';
import type { ItemReference } from '../items/item-reference';
import type { ItemResolver } from '../items/item-resolver';
import type { Inventory, InventorySummary } from './inventory';
import type { ReadOptions, Stock } from './stock';
import { summarize } from './summarize';

export interface StockReadsDeps {
  readonly cache: StockCache;
  readonly resolver: ItemResolver;
}

export type StockReads = Pick<Stock, 'read' | 'readAll' | 'ofProduct' | 'ofSku'>;

export function createStockReads({ cache, resolver }: StockReadsDeps): StockReads {
  async function readAll(references: readonly ItemReference[], options?: ReadOptions) {
    const ids = (await resolver.resolveAll(references)).map((item) => item?.inventoryId);
    const items = await cache.read(
      ids.filter((id) => id !== undefined),
      options,
    );
    return ids.map((id) => (id === undefined ? undefined : items.get(id)));
  }

  async function itemsOf(set: ItemSetKey, options?: ReadOptions): Promise<Inventory[]> {
    const ids = await cache.idsOf(set, options);
    const items = await cache.read(ids, options);
    return ids.flatMap((id) => items.get(id) ?? []);
  }

  return {
    readAll,
    async read(reference, options) {
      const [inventory] = await readAll([reference], options);
      if (inventory === undefined) throw notFound();
      return inventory;
    },
    async ofProduct(productId, options): Promise<InventorySummary> {
      const items = await itemsOf({ productId }, options);
      if (items.length === 0) throw notFound();
      return summarize(items);
    },
    async ofSku(sku, options): Promise<InventorySummary> {
      const items = await itemsOf({ sku }, options);
      // One that has got another SKU may be among them still.
      const having = items.filter((item) => item.sku === sku);
      if (having.length === 0) throw notFound();
      return summarize(having);
    },
  };
}

function notFound(): AppError {
  return new AppError('PRODUCT_NOT_FOUND', 'There is no such stock entry.');
}
