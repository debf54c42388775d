import { randomUUID } from 'node:crypto';
import type { InventoryWorld } from './start-inventory-world';

export interface ItemFixture {
  readonly productId?: string;
  readonly variantId?: string;
  readonly warehouseId?: string;
  readonly sku?: string;
  readonly onHand?: number;
  readonly status?: 'IN_STOCK' | 'DISCONTINUED';
}

export interface InsertedItem {
  readonly inventoryId: string;
  readonly productId: string;
}

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** A stock entry with the movement that made its stock, as the ledger would have left it. */
export async function insertItem(
  world: InventoryWorld,
  { onHand = 10, status = 'IN_STOCK', ...names }: ItemFixture = {},
): Promise<InsertedItem> {
  const inventoryId = randomUUID();
  const { productId = randomUUID(), variantId = NIL_UUID, warehouseId = NIL_UUID } = names;
  // One statement: a proof that runs between two would find stock that nothing moved.
  await world.query(
    `WITH item AS (
       INSERT INTO stock_items
         (id, product_id, variant_id, warehouse_id, sku, on_hand, status, baselined)
       VALUES ($1, $2, $3, $4, $5, $6, $7, true))
     INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after)
     SELECT overlay(uuid_v7_floor(now())::text placing
       substr(md5(random()::text), 1, 12) from 25)::uuid, $1, 'INBOUND', $6, $6`,
    [inventoryId, productId, variantId, warehouseId, names.sku ?? null, onHand, status],
  );
  return { inventoryId, productId };
}
