import type { Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { textArray } from '../parameters/text-array';
import { type ItemKey, NIL_UUID } from '../stock/item-key';

/** An item by what identifies it. */
export interface StoredItemIdentity extends ItemKey {
  readonly id: string;
  readonly sku: string | null;
}

/** The items that have a product or a SKU in common. */
export interface StoredItemSet {
  /** Of two reads the one with the higher version saw all that the other saw, and more. */
  readonly version: number;
  /** Oldest first. */
  readonly items: readonly StoredItemIdentity[];
}

/**
 * How many transactions had ended when the statement began. Each sees what those before it saw, so
 * more of them is later; and a change of the rows is at least one more.
 */
const SNAPSHOT_VERSION = `(
  SELECT (pg_snapshot_xmax(now)::text::bigint
    - (SELECT count(*) FROM pg_snapshot_xip(now)))::float8
  FROM pg_current_snapshot() AS now)`;

const ITEM_COLUMNS = 'i.id, i.product_id, i.variant_id, i.warehouse_id, i.sku';

/** Index: stock_items_item_key (product, variant, warehouse). */
export const READ_PRODUCT_SETS_SQL = `
SELECT wanted.id, ${SNAPSHOT_VERSION}, ${ITEM_COLUMNS}
FROM unnest($1::uuid[]) AS wanted (id)
LEFT JOIN stock_items i ON i.product_id = wanted.id AND i.baselined`;

/** Index: stock_items_sku_idx. */
export const READ_SKU_SETS_SQL = `
SELECT wanted.sku, ${SNAPSHOT_VERSION}, ${ITEM_COLUMNS}
FROM unnest($1::text[]) AS wanted (sku)
LEFT JOIN stock_items i ON i.sku = wanted.sku AND i.baselined`;

type Row = [
  key: string,
  version: number,
  id: string | null,
  productId: string,
  variantId: string,
  warehouseId: string,
  sku: string | null,
];

/** Of every product, empty where there is nothing of it. */
export function readProductSets(
  pool: Pool,
  productIds: readonly string[],
): Promise<Map<string, StoredItemSet>> {
  return readSets(pool, {
    name: 'read-product-sets',
    text: READ_PRODUCT_SETS_SQL,
    values: [arrayLiteral(productIds)],
  });
}

/** Of every SKU, empty where nothing has it. */
export function readSkuSets(
  pool: Pool,
  skus: readonly string[],
): Promise<Map<string, StoredItemSet>> {
  return readSets(pool, {
    name: 'read-sku-sets',
    text: READ_SKU_SETS_SQL,
    values: [textArray(skus)],
  });
}

async function readSets(
  pool: Pool,
  statement: { name: string; text: string; values: unknown[] },
): Promise<Map<string, StoredItemSet>> {
  const { rows } = await pool.query<Row>({ ...statement, rowMode: 'array' });
  const sets = new Map<string, { version: number; items: StoredItemIdentity[] }>();
  for (const [key, version, id, productId, variantId, warehouseId, sku] of rows) {
    const set = sets.get(key) ?? { version, items: [] };
    sets.set(key, set);
    if (id === null) continue;
    set.items.push({
      id,
      productId,
      variantId: variantId === NIL_UUID ? null : variantId,
      warehouseId: warehouseId === NIL_UUID ? null : warehouseId,
      sku,
    });
  }
  for (const { items } of sets.values()) items.sort((a, b) => (a.id < b.id ? -1 : 1));
  return sets;
}
