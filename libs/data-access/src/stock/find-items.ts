import type { Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { textArray } from '../parameters/text-array';
import { type ItemKey, NIL_UUID } from './item-key';

/** Indexes: stock_items_pkey, stock_items_sku_idx. Takes no lock: an item's key never changes. */
export const FIND_ITEMS_SQL = `
SELECT id, product_id, variant_id, warehouse_id, sku FROM stock_items WHERE id = ANY ($1::uuid[])
UNION
SELECT id, product_id, variant_id, warehouse_id, sku FROM stock_items WHERE sku = ANY ($2::text[])
ORDER BY id`;

export interface ItemQuery {
  ids: readonly string[];
  skus: readonly string[];
}

export interface FoundItem extends ItemKey {
  id: string;
  sku: string | null;
}

type Row = [string, string, string, string, string | null];

/** The items of the ids and those of the SKUs, oldest first; a SKU may have many. */
export async function findItems(pool: Pool, { ids, skus }: ItemQuery): Promise<FoundItem[]> {
  const { rows } = await pool.query<Row>({
    name: 'find-items',
    text: FIND_ITEMS_SQL,
    rowMode: 'array',
    values: [arrayLiteral(ids), textArray(skus)],
  });
  return rows.map(([id, productId, variantId, warehouseId, sku]) => ({
    id,
    productId,
    variantId: variantId === NIL_UUID ? null : variantId,
    warehouseId: warehouseId === NIL_UUID ? null : warehouseId,
    sku,
  }));
}
