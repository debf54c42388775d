import { findWarehouse, type PrismaClient } from '@inventory-events/data-access/prisma';
import type { LedgerAnswer } from '@inventory-events/stock-ledger';

/** Why stock may not be kept in a warehouse from now on, where it may not. */
export function createWarehouseCheck(prisma: PrismaClient) {
  return async (warehouseId: string): Promise<LedgerAnswer | undefined> => {
    const warehouse = await findWarehouse(prisma, warehouseId);
    if (warehouse === undefined) return { outcome: 'warehouse_not_found' };
    return warehouse.isActive ? undefined : { outcome: 'warehouse_inactive' };
  };
}
