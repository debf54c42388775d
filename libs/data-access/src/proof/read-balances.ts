import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { NIL_UUID } from '../stock/item-key';
import type { MovementSum } from './sum-movements';

/** What stands written of an item, and what it is made of, all in one snapshot. */
export interface StockBalance {
  itemId: string;
  productId: string;
  variantId: string | null;
  warehouseId: string | null;
  sku: string | null;
  onHand: number;
  reserved: number;
  movementTotal: number;
  pendingTotal: number;
  /** How far retention had come: what it drops meanwhile is missing in the total. */
  archivedThrough: string;
}

/**
 * Indexes: stock_items_pkey, stock_proofs_pkey, and per item stock_movements_item_id_idx behind the
 * sum that is known, and reservations_pending_item_idx. One statement, so one snapshot, without a
 * lock: what a transaction changes of an item is seen whole or not at all.
 */
export const READ_BALANCES_SQL = `
SELECT i.id, i.product_id, nullif(i.variant_id, '${NIL_UUID}'),
  nullif(i.warehouse_id, '${NIL_UUID}'), i.sku, i.on_hand, i.reserved,
  (SELECT coalesce(sum(m.quantity), 0)::float8 FROM stock_movements m
   WHERE m.item_id = i.id AND m.id > known.through_id),
  (SELECT coalesce(sum(r.quantity), 0)::float8 FROM reservations r
   WHERE r.item_id = i.id AND r.status = 'PENDING'),
  coalesce(p.archived_through, '${NIL_UUID}')
FROM unnest($1::uuid[], $2::uuid[]) AS known (item_id, through_id)
JOIN stock_items i ON i.id = known.item_id
LEFT JOIN stock_proofs p ON p.item_id = i.id`;

type Row = [
  string,
  string,
  string | null,
  string | null,
  string | null,
  number,
  number,
  number,
  number,
  string,
];

/** By the sums known of their movements; items that don't exist are not in the answer. */
export async function readBalances(
  db: Pool | ClientBase,
  sums: readonly MovementSum[],
): Promise<StockBalance[]> {
  const { rows } = await db.query<Row>({
    name: 'read-balances',
    text: READ_BALANCES_SQL,
    rowMode: 'array',
    values: [
      arrayLiteral(sums.map((sum) => sum.itemId)),
      arrayLiteral(sums.map((sum) => sum.throughMovementId)),
    ],
  });
  const totals = new Map(sums.map((sum) => [sum.itemId, sum.total]));
  return rows.map((row) => ({
    itemId: row[0],
    productId: row[1],
    variantId: row[2],
    warehouseId: row[3],
    sku: row[4],
    onHand: row[5],
    reserved: row[6],
    movementTotal: (totals.get(row[0]) ?? 0) + row[7],
    pendingTotal: row[8],
    archivedThrough: row[9],
  }));
}
