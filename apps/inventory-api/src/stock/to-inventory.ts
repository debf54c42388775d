import { NIL_UUID, type StoredInventory } from '@inventory-events/data-access';
import type { Inventory } from './inventory';

/** From a row that was read or locked; locked ones have the nil UUID where there is nothing. */
export function toInventory(stored: StoredInventory): Inventory {
  return {
    inventoryId: stored.id,
    productId: stored.productId,
    variantId: orNull(stored.variantId),
    warehouseId: orNull(stored.warehouseId),
    sku: stored.sku,
    quantityAvailable: stored.onHand - stored.reserved,
    quantityReserved: stored.reserved,
    quantityTotal: stored.onHand,
    reorderPoint: stored.reorderPoint,
    reorderQuantity: stored.reorderQuantity,
    status: stored.status,
    lowStockThreshold: stored.lowStockThreshold,
    version: stored.version,
    createdAt: new Date(stored.createdAtMs).toISOString(),
    updatedAt: new Date(stored.updatedAtMs).toISOString(),
  };
}

function orNull(id: string | null): string | null {
  return id === NIL_UUID ? null : id;
}
