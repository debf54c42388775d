import type { Route } from '@inventory-events/service-runtime/api';
import type { StockBatch } from '../stock-batch';
import { stockBatchRoute } from './batch-route';
import { stockListRoutes, type ListRoutesDeps } from './list-routes';
import { stockReadRoutes } from './read-routes';
import { stockWriteRoutes } from './write-routes';

export interface StockRoutesDeps extends ListRoutesDeps {
  readonly batch: StockBatch;
}

export function stockRoutes(deps: StockRoutesDeps): Route[] {
  return [
    ...stockReadRoutes(deps),
    ...stockListRoutes(deps),
    ...stockWriteRoutes(deps),
    stockBatchRoute(deps),
  ];
}
