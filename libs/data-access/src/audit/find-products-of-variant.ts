import type { ClientBase, Pool } from 'pg';

/** Reads stock_items_item_key alone (product, variant, warehouse), which holds every item once. */
export const FIND_PRODUCTS_OF_VARIANT_SQL = `
  SELECT DISTINCT product_id FROM stock_items WHERE variant_id = $1::uuid LIMIT 2`;

/** Two at most: the caller wants to know whether there is exactly one. */
export async function findProductsOfVariant(
  db: Pool | ClientBase,
  variantId: string,
): Promise<readonly string[]> {
  const { rows } = await db.query<{ product_id: string }>(FIND_PRODUCTS_OF_VARIANT_SQL, [
    variantId,
  ]);
  return rows.map((row) => row.product_id);
}
