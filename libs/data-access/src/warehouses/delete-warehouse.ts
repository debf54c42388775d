import type { Pool } from 'pg';

/**
 * Indexes: warehouses_pkey, stock_items_warehouse_id_idx. Stock entries are never removed, and they
 * have the history: where there ever was stock, the warehouse stays.
 */
export const DELETE_WAREHOUSE_SQL = `
WITH present AS (
  SELECT w.id, EXISTS (SELECT FROM stock_items i WHERE i.warehouse_id = w.id) AS is_in_use
  FROM warehouses w WHERE w.id = $1::uuid
), deleted AS (
  DELETE FROM warehouses w USING present p WHERE w.id = p.id AND NOT p.is_in_use
)
SELECT is_in_use FROM present`;

export async function deleteWarehouse(
  pool: Pool,
  id: string,
): Promise<'deleted' | 'in_use' | 'not_found'> {
  const { rows } = await pool.query<{ is_in_use: boolean }>(DELETE_WAREHOUSE_SQL, [id]);
  const [present] = rows;
  if (present === undefined) return 'not_found';
  return present.is_in_use ? 'in_use' : 'deleted';
}
