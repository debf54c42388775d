import type { PrismaClient } from '../../generated/prisma/client';
import type { StoredWarehouse } from '../../warehouses/stored-warehouse';

/** Index: warehouses_pkey. */
export async function findWarehouse(
  prisma: PrismaClient,
  id: string,
): Promise<StoredWarehouse | undefined> {
  return (await prisma.warehouse.findUnique({ where: { id } })) ?? undefined;
}
