import { Prisma, type PrismaClient } from '../../generated/prisma/client';
import type { StoredWarehouse, WarehouseDetails } from '../../warehouses/stored-warehouse';

const UNIQUE_VIOLATION = 'P2002';

/** What is left out stays. Index: warehouses_pkey; keeps warehouses_code_key and _region_idx. */
export async function updateWarehouse(
  prisma: PrismaClient,
  id: string,
  changes: Partial<WarehouseDetails>,
): Promise<StoredWarehouse | 'code_taken' | 'not_found'> {
  try {
    const data = { ...changes, updatedAt: new Date() };
    const [updated] = await prisma.warehouse.updateManyAndReturn({ where: { id }, data });
    return updated ?? 'not_found';
  } catch (error) {
    const isTaken =
      error instanceof Prisma.PrismaClientKnownRequestError && error.code === UNIQUE_VIOLATION;
    if (isTaken) return 'code_taken';
    throw error;
  }
}
