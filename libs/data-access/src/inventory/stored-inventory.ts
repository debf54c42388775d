import { NIL_UUID } from '../stock/item-key';
import type { StoredStockStatus } from '../stock/lock-items';

/** An item as it is read; without a lock it may have changed when it is looked at. */
export interface StoredInventory {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
  readonly sku: string | null;
  readonly onHand: number;
  readonly reserved: number;
  readonly status: StoredStockStatus;
  readonly lowStockThreshold: number | null;
  readonly reorderPoint: number;
  readonly reorderQuantity: number;
  /** Counts the changes of the row. */
  readonly version: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** In the order of `toStoredInventory`. */
export const INVENTORY_COLUMNS = `i.id, i.product_id, i.variant_id, i.warehouse_id, i.sku,
  i.on_hand, i.reserved, i.status, i.low_stock_threshold, i.reorder_point, i.reorder_quantity,
  i.version::float8, round(extract(epoch FROM i.created_at) * 1000)::float8,
  round(extract(epoch FROM i.updated_at) * 1000)::float8`;

export type InventoryValues = [
  string,
  string,
  string,
  string,
  string | null,
  number,
  number,
  StoredStockStatus,
  number | null,
  number,
  number,
  number,
  number,
  number,
];

export function toStoredInventory(values: InventoryValues): StoredInventory {
  return {
    id: values[0],
    productId: values[1],
    variantId: orNull(values[2]),
    warehouseId: orNull(values[3]),
    sku: values[4],
    onHand: values[5],
    reserved: values[6],
    status: values[7],
    lowStockThreshold: values[8],
    reorderPoint: values[9],
    reorderQuantity: values[10],
    version: values[11],
    createdAtMs: values[12],
    updatedAtMs: values[13],
  };
}

function orNull(id: string): string | null {
  return id === NIL_UUID ? null : id;
}
