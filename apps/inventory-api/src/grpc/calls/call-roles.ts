import type { Role } from '@inventory-events/service-runtime/http';

/** The role that a call needs, as of its REST twin. A call that is not listed is denied. */
export const CALL_ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['/inventory.v1.InventoryService/GetInventory', 'viewer'],
  ['/inventory.v1.InventoryService/CheckAvailability', 'viewer'],
  ['/inventory.v1.InventoryService/ReserveStock', 'operator'],
  ['/inventory.v1.InventoryService/CommitReservation', 'operator'],
  ['/inventory.v1.InventoryService/CancelReservation', 'operator'],
  ['/inventory.v1.InventoryService/UpdateStock', 'operator'],
  ['/inventory.stock.v1.StockService/CheckStock', 'viewer'],
  ['/inventory.stock.v1.StockService/ReserveStock', 'operator'],
  ['/inventory.stock.v1.StockService/ReleaseStock', 'operator'],
  ['/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', 'viewer'],
]);
