import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { type ItemKey, itemKeyArrays } from './item-key';

export type StoredStockStatus = 'IN_STOCK' | 'LOW_STOCK' | 'OUT_OF_STOCK' | 'DISCONTINUED';

export interface LockedItem {
  id: string;
  productId: string;
  variantId: string;
  warehouseId: string;
  sku: string | null;
  onHand: number;
  reserved: number;
  status: StoredStockStatus;
  sequence: number;
  baselined: boolean;
  lowStockThreshold: number | null;
  reorderPoint: number;
  reorderQuantity: number;
  /** Counts the changes of the row. */
  version: number;
  sourceSequence: number | null;
  /** Epoch milliseconds. */
  sourceOccurredAt: number | null;
  createdAtMs: number;
  updatedAtMs: number;
}

const ITEM_COLUMNS = `i.id, i.product_id, i.variant_id, i.warehouse_id, i.sku, i.on_hand, i.reserved,
  i.status, i.sequence::float8, i.baselined, i.low_stock_threshold, i.source_sequence::float8,
  round(extract(epoch FROM i.source_occurred_at) * 1000)::float8, i.reorder_point,
  i.reorder_quantity, i.version::float8, round(extract(epoch FROM i.created_at) * 1000)::float8,
  round(extract(epoch FROM i.updated_at) * 1000)::float8`;

/**
 * Index: stock_items_item_key. Rows are locked in the order of their ids, the one global order of
 * all writers, so batches can't deadlock; what is returned is the state after any wait.
 */
export const LOCK_ITEMS_SQL = `
SELECT ${ITEM_COLUMNS}
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS wanted (product_id, variant_id, warehouse_id)
JOIN stock_items i USING (product_id, variant_id, warehouse_id)
ORDER BY i.id
FOR NO KEY UPDATE OF i`;

/**
 * Indexes: stock_items_item_key, reservations_order_id_idx, reservations_pkey, stock_items_pkey.
 * As above, with the items on which the orders and reservations named hold stock: which those are
 * may change while this waits, so the caller compares with what it reads afterwards.
 */
export const LOCK_ITEMS_AND_HELD_ITEMS_SQL = `
WITH wanted AS (
  SELECT k.id
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS wanted (product_id, variant_id, warehouse_id)
  JOIN stock_items k USING (product_id, variant_id, warehouse_id)
  UNION
  SELECT r.item_id FROM reservations r WHERE r.order_id = ANY ($4::uuid[])
  UNION
  SELECT r.item_id FROM reservations r WHERE r.id = ANY ($5::uuid[])
)
SELECT ${ITEM_COLUMNS}
FROM wanted JOIN stock_items i ON i.id = wanted.id
ORDER BY i.id
FOR NO KEY UPDATE OF i`;

export interface HolderQuery {
  orderIds: readonly string[];
  reservationIds: readonly string[];
}

type Row = [
  string,
  string,
  string,
  string,
  string | null,
  number,
  number,
  StoredStockStatus,
  number,
  boolean,
  number | null,
  number | null,
  number | null,
  number,
  number,
  number,
  number,
  number,
];

/**
 * Locks the items until the transaction ends, and those on which `holders` hold stock. Items that
 * don't exist are not in the answer.
 */
export async function lockItems(
  client: ClientBase,
  keys: readonly ItemKey[],
  holders?: HolderQuery,
): Promise<LockedItem[]> {
  const values = itemKeyArrays(keys);
  const statement =
    holders === undefined
      ? { name: 'lock-items', text: LOCK_ITEMS_SQL, values }
      : {
          name: 'lock-items-and-held-items',
          text: LOCK_ITEMS_AND_HELD_ITEMS_SQL,
          values: [...values, arrayLiteral(holders.orderIds), arrayLiteral(holders.reservationIds)],
        };
  const { rows } = await client.query<Row>({ ...statement, rowMode: 'array' });
  return rows.map(toLockedItem);
}

function toLockedItem(row: Row): LockedItem {
  return {
    id: row[0],
    productId: row[1],
    variantId: row[2],
    warehouseId: row[3],
    sku: row[4],
    onHand: row[5],
    reserved: row[6],
    status: row[7],
    sequence: row[8],
    baselined: row[9],
    lowStockThreshold: row[10],
    sourceSequence: row[11],
    sourceOccurredAt: row[12],
    reorderPoint: row[13],
    reorderQuantity: row[14],
    version: row[15],
    createdAtMs: row[16],
    updatedAtMs: row[17],
  };
}
