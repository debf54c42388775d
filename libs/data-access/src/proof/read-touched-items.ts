import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';

/**
 * Every change of on hand or reserved writes an event in its transaction, but for the baseline of
 * an item, which is a movement only.
 * Indexes: inventory_events_xid_idx and stock_movements_baseline_xid_idx of every partition.
 */
export const READ_ITEMS_TOUCHED_BETWEEN_SQL = `
SELECT item_id FROM inventory_events WHERE xid >= $1::xid8 AND xid < $2::xid8
UNION
SELECT item_id FROM stock_movements
WHERE reason = 'baseline' AND xid >= $1::xid8 AND xid < $2::xid8`;

/** The same indexes. */
export const READ_ITEMS_TOUCHED_BY_SQL = `
SELECT item_id FROM inventory_events WHERE xid = ANY ($1::xid8[])
UNION
SELECT item_id FROM stock_movements WHERE reason = 'baseline' AND xid = ANY ($1::xid8[])`;

/** Items whose stock was changed by a range of transactions, as far as they have committed. */
export async function readItemsTouchedBetween(
  db: Pool | ClientBase,
  range: { fromXid: bigint; untilXid: bigint },
): Promise<string[]> {
  const values = [range.fromXid.toString(), range.untilXid.toString()];
  return itemIdsOf(db, READ_ITEMS_TOUCHED_BETWEEN_SQL, values);
}

/** The same of single transactions. */
export async function readItemsTouchedBy(
  db: Pool | ClientBase,
  xids: readonly string[],
): Promise<string[]> {
  return itemIdsOf(db, READ_ITEMS_TOUCHED_BY_SQL, [arrayLiteral(xids)]);
}

/** Not prepared: the bounds are at the edge of the statistics, where only a plan for them is right. */
async function itemIdsOf(
  db: Pool | ClientBase,
  text: string,
  values: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<[string]>({ text, rowMode: 'array', values: [...values] });
  return rows.map(([itemId]) => itemId);
}
