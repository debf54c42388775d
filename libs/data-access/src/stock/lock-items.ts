import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { NIL_UUID, type ItemKey } from './item-key';

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
  sourceSequence: number | null;
  /** Epoch milliseconds. */
  sourceOccurredAt: number | null;
}

/**
 * Index: stock_items_item_key. Rows are locked in the order of their ids, the one global order of
 * all writers, so batches can't deadlock; what is returned is the state after any wait.
 */
export const LOCK_ITEMS_SQL = `
SELECT i.id, i.product_id, i.variant_id, i.warehouse_id, i.sku, i.on_hand, i.reserved, i.status,
  i.sequence::float8, i.baselined, i.low_stock_threshold, i.source_sequence::float8,
  round(extract(epoch FROM i.source_occurred_at) * 1000)::float8
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS wanted (product_id, variant_id, warehouse_id)
JOIN stock_items i USING (product_id, variant_id, warehouse_id)
ORDER BY i.id
FOR NO KEY UPDATE OF i`;

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
];

/** Locks the items until the transaction ends. Items that don't exist are not in the answer. */
export async function lockItems(
  client: ClientBase,
  keys: readonly ItemKey[],
): Promise<LockedItem[]> {
  const { rows } = await client.query<Row>({
    name: 'lock-items',
    text: LOCK_ITEMS_SQL,
    rowMode: 'array',
    values: [
      arrayLiteral(keys.map((key) => key.productId)),
      arrayLiteral(keys.map((key) => key.variantId ?? NIL_UUID)),
      arrayLiteral(keys.map((key) => key.warehouseId ?? NIL_UUID)),
    ],
  });
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
  };
}
