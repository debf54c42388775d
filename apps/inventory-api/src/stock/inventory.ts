import type { StockStatus } from '@inventory-events/domain';

/** The stock of one product or variant in one warehouse, as callers see it. */
export interface Inventory {
  readonly inventoryId: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
  readonly sku: string | null;
  readonly quantityAvailable: number;
  readonly quantityReserved: number;
  /** On hand: what is available and what is reserved. */
  readonly quantityTotal: number;
  readonly reorderPoint: number;
  readonly reorderQuantity: number;
  readonly status: StockStatus;
  readonly lowStockThreshold: number | null;
  /** Grows with every change of the item. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** All the stock that has a product or a SKU in common. */
export interface InventorySummary {
  readonly quantityAvailable: number;
  readonly quantityReserved: number;
  readonly quantityTotal: number;
  /** How many items are summed up; `items` holds the first thousand. */
  readonly itemCount: number;
  readonly items: readonly Inventory[];
}
