import type { Route } from '@inventory-events/service-runtime/api';
import type { Proof } from '@inventory-events/stock-ledger';
import { availabilityRoutes } from './availability/availability-routes';
import type { UseCases } from './create-use-cases';
import type { Database } from './database';
import { productInventoryRoutes } from './product-inventory/product-inventory-routes';
import { proofRoutes } from './proof/proof-routes';
import { orderReservationRoutes } from './reservations/order-reservation-routes';
import { reservationRoutes } from './reservations/reservation-routes';
import { stockRoutes } from './stock/routes/stock-routes';
import { warehouseInventoryRoute } from './warehouses/warehouse-inventory-route';
import { warehouseRoutes } from './warehouses/warehouse-routes';

/** Everything that is served over HTTP. */
export function createRoutes(deps: {
  readonly useCases: UseCases;
  readonly proof: Proof;
  readonly pool: Database;
}): Route[] {
  const { pool, proof } = deps;
  const { stock, batch, warehouses, reservations, availability } = deps.useCases;
  return [
    ...stockRoutes({ stock, batch, pool }),
    ...warehouseRoutes({ warehouses }),
    warehouseInventoryRoute({ pool, warehouses }),
    ...reservationRoutes(reservations),
    ...orderReservationRoutes(reservations),
    ...availabilityRoutes(availability),
    ...productInventoryRoutes({ stock, reservations }),
    ...proofRoutes({ proof }),
  ];
}
