import type { ClientBase, Pool } from 'pg';

/** Index: stock_items_pkey. */
export const LIST_ITEM_IDS_SQL = `
SELECT id FROM stock_items WHERE id > $1::uuid ORDER BY id LIMIT $2::int`;

/** Index: stock_proofs_drift_idx. */
export const LIST_DRIFTED_ITEM_IDS_SQL = `
SELECT item_id FROM stock_proofs
WHERE drift_id IS NOT NULL AND item_id > $1::uuid
ORDER BY item_id LIMIT $2::int`;

export interface ItemIdPage {
  /** The last id of the page before. */
  afterId: string;
  limit: number;
}

export async function listItemIds(db: Pool | ClientBase, page: ItemIdPage): Promise<string[]> {
  return idsOf(db, LIST_ITEM_IDS_SQL, page);
}

/** Items that did not add up when they were checked last. */
export async function listDriftedItemIds(
  db: Pool | ClientBase,
  page: ItemIdPage,
): Promise<string[]> {
  return idsOf(db, LIST_DRIFTED_ITEM_IDS_SQL, page);
}

async function idsOf(db: Pool | ClientBase, text: string, page: ItemIdPage): Promise<string[]> {
  const { rows } = await db.query<[string]>({
    text,
    rowMode: 'array',
    values: [page.afterId, page.limit],
  });
  return rows.map(([id]) => id);
}
