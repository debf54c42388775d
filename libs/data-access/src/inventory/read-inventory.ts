import type { Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import {
  INVENTORY_COLUMNS,
  type InventoryValues,
  type StoredInventory,
  toStoredInventory,
} from './stored-inventory';

/** Index: stock_items_pkey. What has no baseline yet is no stock entry. */
export const READ_INVENTORY_SQL = `
SELECT ${INVENTORY_COLUMNS} FROM stock_items i WHERE i.id = ANY ($1::uuid[]) AND i.baselined`;

/** Those of the items that there are, in no order. */
export async function readInventory(
  pool: Pool,
  ids: readonly string[],
): Promise<StoredInventory[]> {
  const { rows } = await pool.query<InventoryValues>({
    name: 'read-inventory',
    text: READ_INVENTORY_SQL,
    rowMode: 'array',
    values: [arrayLiteral(ids)],
  });
  return rows.map(toStoredInventory);
}
