import type { Pool } from 'pg';
import { NIL_UUID } from '../stock/item-key';
import type { StoredStockStatus } from '../stock/lock-items';
import {
  INVENTORY_COLUMNS,
  type InventoryValues,
  type StoredInventory,
  toStoredInventory,
} from './stored-inventory';

export interface InventoryFilter {
  readonly productId?: string | undefined;
  /** Null: of no variant, of no warehouse. */
  readonly variantId?: string | null | undefined;
  readonly warehouseId?: string | null | undefined;
  readonly sku?: string | undefined;
  /** Any of these. */
  readonly statuses?: readonly StoredStockStatus[] | undefined;
}

export interface InventoryPageQuery {
  readonly filter: InventoryFilter;
  /** The last id of the page before. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

/**
 * A page of items in the order of their ids, which is the order in which they were made. Indexes:
 * stock_items_item_key for a product, stock_items_sku_idx for a SKU, stock_items_warehouse_id_idx
 * for a warehouse (in order), stock_items_pkey otherwise (in order; a status alone is looked for
 * along it, since an index on what changes with the stock would cost every change).
 *
 * The statement is made for the filters that are there and planned for their values.
 */
export function toInventoryPageStatement({ filter, afterId, limit }: InventoryPageQuery): {
  text: string;
  values: unknown[];
} {
  const values: unknown[] = [];
  const conditions = ['i.baselined'];
  const add = (value: unknown, type: string, toCondition: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(toCondition(`$${values.length}::${type}`));
  };
  add(filter.productId, 'uuid', (parameter) => `i.product_id = ${parameter}`);
  add(orNil(filter.variantId), 'uuid', (parameter) => `i.variant_id = ${parameter}`);
  add(orNil(filter.warehouseId), 'uuid', (parameter) => `i.warehouse_id = ${parameter}`);
  add(filter.sku, 'text', (parameter) => `i.sku = ${parameter}`);
  add(filter.statuses, 'stock_status[]', (parameter) => `i.status = ANY (${parameter})`);
  add(afterId, 'uuid', (parameter) => `i.id > ${parameter}`);
  values.push(limit);
  const text = `SELECT ${INVENTORY_COLUMNS} FROM stock_items i WHERE ${conditions.join(' AND ')}
    ORDER BY i.id LIMIT $${values.length}::int`;
  return { text, values };
}

export async function listInventory(
  pool: Pool,
  query: InventoryPageQuery,
): Promise<StoredInventory[]> {
  const statement = toInventoryPageStatement(query);
  const { rows } = await pool.query<InventoryValues>({ ...statement, rowMode: 'array' });
  return rows.map(toStoredInventory);
}

function orNil(id: string | null | undefined): string | undefined {
  return id === null ? NIL_UUID : id;
}
