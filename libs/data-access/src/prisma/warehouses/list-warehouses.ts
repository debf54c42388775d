import type { PrismaClient } from '../../generated/prisma/client';
import type { StoredWarehouse } from '../../warehouses/stored-warehouse';

export interface WarehousePageQuery {
  readonly region?: string | undefined;
  readonly isActive?: boolean | undefined;
  /** The last id of the page before. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

/** In the order in which they were made. Index: warehouses_pkey, or warehouses_region_idx. */
export function listWarehouses(
  prisma: PrismaClient,
  { region, isActive, afterId, limit }: WarehousePageQuery,
): Promise<StoredWarehouse[]> {
  return prisma.warehouse.findMany({
    where: {
      ...(region === undefined ? {} : { region }),
      ...(isActive === undefined ? {} : { isActive }),
      ...(afterId === undefined ? {} : { id: { gt: afterId } }),
    },
    orderBy: { id: 'asc' },
    take: limit,
  });
}
