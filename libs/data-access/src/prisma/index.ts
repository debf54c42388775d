// Apart from the package's main entry: what only runs SQL doesn't load the Prisma client.
export { createPrismaClient } from './create-prisma-client';
export { findEvent } from './find-event';
export {
  listParkedEvents,
  type ParkedEvent,
  type ParkedPage,
  type ParkedPosition,
} from './list-parked-events';
export { findWarehouse } from './warehouses/find-warehouse';
export { listWarehouses, type WarehousePageQuery } from './warehouses/list-warehouses';
export { updateWarehouse } from './warehouses/update-warehouse';
export type { PrismaClient } from '../generated/prisma/client';
