import {
  readInventory,
  readProductSets,
  readSkuSets,
  type StoredItemSet,
} from '@inventory-events/data-access';
import { createVersionedCache, type RedisConnection } from '@inventory-events/jobs/redis';
import type { Logger } from '@inventory-events/service-runtime';
import type { Registry } from 'prom-client';
import type { Database } from '../database';
import type { Inventory } from '../stock/inventory';
import { toInventory } from '../stock/to-inventory';
import { observeCaches } from './observe-caches';
import type { ItemSetKey, StockCache } from './stock-cache';

export interface StockCacheOptions {
  readonly redis: RedisConnection;
  readonly pool: Database;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly keyPrefix: string;
  readonly ttlMs: number;
}

/** The items of a product or a SKU, as of a moment of the database. */
interface CachedSet {
  readonly version: number;
  readonly ids: readonly string[];
}

const PRODUCT = 'product:';
const SKU = 'sku:';

/**
 * Items lie in the cache one by one, under their row's version; of a product or a SKU only which
 * items they are does, under a version of its own. So a change of stock concerns one key.
 */
export function createStockCache(options: StockCacheOptions): StockCache {
  const { pool, registry, keyPrefix, ...common } = options;
  const { logger } = common;
  const observer = observeCaches(registry);
  const items = createVersionedCache<Inventory>({
    ...common,
    prefix: `${keyPrefix}stock:item:`,
    observer: observer('item'),
    versionOf: (inventory) => inventory.version,
    load: async (ids) =>
      new Map((await readInventory(pool, ids)).map((row) => [row.id, toInventory(row)])),
  });
  const sets = createVersionedCache<CachedSet>({
    ...common,
    prefix: `${keyPrefix}stock:set:`,
    observer: observer('set'),
    versionOf: (set) => set.version,
    // What isn't there yet is looked for again: it may come by a message.
    isKept: (set) => set.ids.length > 0,
    load: (keys) => loadSets(pool, keys),
  });

  return {
    read: (ids, { fresh } = {}) => (fresh ? items.readFresh(ids) : items.read(ids)),
    async idsOf(set, { fresh } = {}) {
      const key = keyOf(set);
      const found = await (fresh ? sets.readFresh([key]) : sets.read([key]));
      return found.get(key)?.ids ?? [];
    },
    publish: (changed) =>
      items.publish(new Map(changed.map((item) => [item.id, toInventory(item)]))),
    async setsChanged(changed) {
      try {
        await sets.readFresh(changed.map(keyOf));
      } catch (error) {
        // The change itself is made; the sets follow when their time is over.
        logger.warn({ err: error }, 'changed item sets could not be read');
      }
    },
  };
}

async function loadSets(pool: Database, keys: readonly string[]): Promise<Map<string, CachedSet>> {
  const [products, skus] = await Promise.all([
    loadBehind(PRODUCT, keys, (ids) => readProductSets(pool, ids)),
    loadBehind(SKU, keys, (names) => readSkuSets(pool, names)),
  ]);
  return new Map([...products, ...skus]);
}

async function loadBehind(
  prefix: string,
  keys: readonly string[],
  load: (names: string[]) => Promise<Map<string, StoredItemSet>>,
): Promise<[string, CachedSet][]> {
  const names = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  if (names.length === 0) return [];
  const sets = await load(names);
  return [...sets].map(([name, { version, items }]) => [
    prefix + name,
    { version, ids: items.map((item) => item.id) },
  ]);
}

function keyOf(set: ItemSetKey): string {
  return 'productId' in set ? PRODUCT + set.productId : SKU + set.sku;
}
