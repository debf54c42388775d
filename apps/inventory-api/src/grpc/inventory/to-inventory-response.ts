import type { DeepPartial, InventoryResponse } from '../../generated/inventory/v1/inventory';
import type { Inventory } from '../../stock/inventory';

export function toInventoryResponse(inventory: Inventory): DeepPartial<InventoryResponse> {
  const { variantId, warehouseId, sku, createdAt, updatedAt } = inventory;
  return {
    inventoryId: inventory.inventoryId,
    productId: inventory.productId,
    variantId: variantId ?? undefined,
    warehouseId: warehouseId ?? undefined,
    sku: sku ?? undefined,
    quantityAvailable: inventory.quantityAvailable,
    quantityReserved: inventory.quantityReserved,
    quantityTotal: inventory.quantityTotal,
    reorderPoint: inventory.reorderPoint,
    reorderQuantity: inventory.reorderQuantity,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}
