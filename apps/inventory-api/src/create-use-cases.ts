import { createPrismaClient } from '@inventory-events/data-access/prisma';
import type { Logger } from '@inventory-events/service-runtime';
import type { CommandQueue } from '@inventory-events/stock-ledger';
import { createAvailability } from './availability/create-availability';
import type { StockCache } from './cache/stock-cache';
import { assertNotReused } from './commands/assert-not-reused';
import type { Config } from './config';
import type { Database } from './database';
import { createItemResolver } from './items/create-item-resolver';
import { createReservations } from './reservations/create-reservations';
import { createStock } from './stock/create-stock';
import { createStockBatch } from './stock/create-stock-batch';
import { createWarehouseCheck } from './warehouses/create-warehouse-check';
import { createWarehouses } from './warehouses/create-warehouses';

export interface UseCasesDeps {
  readonly pool: Database;
  readonly queue: CommandQueue;
  readonly cache: StockCache;
  readonly ttl: Config['reservations'];
  readonly logger: Logger;
}

export type UseCases = ReturnType<typeof createUseCases>;

/** What can be asked of the service, whatever the transport. */
export function createUseCases({ pool, queue, cache, ttl, logger }: UseCasesDeps) {
  const resolver = createItemResolver({ pool });
  const prisma = createPrismaClient(pool);
  return {
    reservations: createReservations({ pool, queue, resolver, ttl, logger }),
    stock: createStock({
      queue,
      cache,
      resolver,
      refusalOfWarehouse: createWarehouseCheck(prisma),
    }),
    batch: createStockBatch({
      queue,
      resolver,
      assertNotReused: (contexts) => assertNotReused(pool, contexts),
    }),
    warehouses: createWarehouses({ pool, prisma }),
    availability: createAvailability({ pool, resolver }),
  };
}
