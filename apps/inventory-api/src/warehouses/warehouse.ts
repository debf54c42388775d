import type { WarehouseDetails } from '@inventory-events/data-access';
import type { Caller } from '../commands/caller';

export interface Warehouse extends WarehouseDetails {
  readonly warehouseId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface WarehousePage {
  readonly region?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly afterId?: string | undefined;
  readonly limit: number;
}

/**
 * The use cases of warehouses. Refusals are thrown: WAREHOUSE_NOT_FOUND, ALREADY_EXISTS where a
 * code is taken, WAREHOUSE_IN_USE where one is to be removed in which there ever was stock.
 */
export interface Warehouses {
  list(page: WarehousePage): Promise<readonly Warehouse[]>;
  get(warehouseId: string): Promise<Warehouse>;
  create(details: WarehouseDetails, caller: Caller): Promise<Warehouse>;
  /** What is left out stays as it is. */
  update(warehouseId: string, changes: Partial<WarehouseDetails>): Promise<Warehouse>;
  remove(warehouseId: string): Promise<void>;
}
