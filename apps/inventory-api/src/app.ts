import { createPool } from '@inventory-events/data-access';
import { createPrismaClient } from '@inventory-events/data-access/prisma';
import { createRedis, type RedisConnection } from '@inventory-events/jobs/redis';
import type { Logger, Service } from '@inventory-events/service-runtime';
import { createHttpApp, type Route } from '@inventory-events/service-runtime/api';
import {
  createTokenVerifier,
  rememberVerifiedTokens,
} from '@inventory-events/service-runtime/http';
import { createStockLedger } from '@inventory-events/stock-ledger';
import type { RequestListener } from 'node:http';
import type { Registry } from 'prom-client';
import { availabilityRoutes } from './availability/availability-routes';
import { createAvailability } from './availability/create-availability';
import { createStockCache } from './cache/create-stock-cache';
import { publishChanges } from './cache/publish-changes';
import { assertNotReused } from './commands/assert-not-reused';
import { refuseConcurrentRepetitions } from './commands/refuse-concurrent-repetitions';
import type { Config } from './config';
import { createDatabaseService } from './create-database-service';
import { createLedgerService } from './create-ledger-service';
import { createObservedQueue } from './create-observed-queue';
import { createRateStores } from './create-rate-stores';
import { createGrpcServer } from './grpc/create-grpc-server';
import { createItemResolver } from './items/create-item-resolver';
import { productInventoryRoutes } from './product-inventory/product-inventory-routes';
import { createReservations } from './reservations/create-reservations';
import { orderReservationRoutes } from './reservations/order-reservation-routes';
import { reservationRoutes } from './reservations/reservation-routes';
import { createStock } from './stock/create-stock';
import { createStockBatch } from './stock/create-stock-batch';
import { stockRoutes } from './stock/routes/stock-routes';
import { createWarehouseCheck } from './warehouses/create-warehouse-check';
import { createWarehouses } from './warehouses/create-warehouses';
import { warehouseInventoryRoute } from './warehouses/warehouse-inventory-route';
import { warehouseRoutes } from './warehouses/warehouse-routes';
import { withTimeouts } from './with-timeouts';

export interface InventoryAppOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
}

export interface InventoryApp {
  /** In the order of their start; closed in reverse. */
  readonly services: readonly Service[];
  readonly httpHandler: RequestListener;
  readonly routes: readonly Route[];
}

export const API_DESCRIPTION = {
  title: 'Inventory events: inventory API',
  description: 'The stock of every product, variant and warehouse, and the reservations on it.',
};

const NAME = 'inventory-api';

export function createInventoryApp(options: InventoryAppOptions): InventoryApp {
  const { config, logger, registry } = options;
  const { database, redis: redisConfig } = config;
  const onIdleError = (error: Error) => logger.warn({ err: error }, 'an idle connection broke');
  const reading = createPool({
    connectionString: withTimeouts(database.url, database.queryTimeoutMs),
    applicationName: NAME,
    max: database.poolSize,
    onIdleError,
  });
  const writing = createPool({
    connectionString: database.url,
    applicationName: `${NAME} ledger`,
    max: config.ledger.sessions,
    pipeline: true,
    onIdleError,
  });
  const redis = createRedis({ url: redisConfig.url, name: NAME, logger });
  const ledger = createStockLedger({ pool: writing, defaults: config.threshold });
  const cacheRedis = createRedis({
    url: redisConfig.url,
    name: `${NAME} cache`,
    logger,
    commandTimeoutMs: config.stockCache.timeoutMs,
  });
  const cache = createStockCache({
    redis: cacheRedis,
    pool: reading,
    logger,
    registry,
    keyPrefix: redisConfig.keyPrefix,
    ttlMs: config.stockCache.ttlMs,
  });
  const queue = publishChanges(
    refuseConcurrentRepetitions(createObservedQueue({ ledger, registry, ...config.ledger })),
    cache,
  );
  const resolver = createItemResolver({ pool: reading });
  const ttl = config.reservations;
  const reservations = createReservations({ pool: reading, queue, resolver, ttl, logger });
  const prisma = createPrismaClient(reading);
  const refusalOfWarehouse = createWarehouseCheck(prisma);
  const stock = createStock({ queue, cache, resolver, refusalOfWarehouse });
  const batch = createStockBatch({
    queue,
    resolver,
    assertNotReused: (contexts) => assertNotReused(reading, contexts),
  });
  const warehouses = createWarehouses({ pool: reading, prisma });
  const availability = createAvailability({ pool: reading, resolver });

  const routes: Route[] = [
    ...stockRoutes({ stock, batch, pool: reading }),
    ...warehouseRoutes({ warehouses }),
    warehouseInventoryRoute({ pool: reading, warehouses }),
    ...reservationRoutes(reservations),
    ...orderReservationRoutes(reservations),
    ...availabilityRoutes(availability),
    ...productInventoryRoutes({ stock, reservations }),
  ];
  const verifyToken = rememberVerifiedTokens(createTokenVerifier(config.auth));
  const perMinute = config.http.rateLimitPerMinute;
  const rateStore = createRateStores({ redis, logger, keyPrefix: redisConfig.keyPrefix });
  const httpHandler = createHttpApp({
    description: API_DESCRIPTION,
    logger,
    registry,
    verifyToken,
    rateLimits: { perMinute, createStore: rateStore },
    trustedProxyHops: config.http.trustedProxyHops,
    routes,
  });

  const databaseService = createDatabaseService(reading);
  const grpcServer = createGrpcServer({
    port: config.grpc.port,
    logger,
    registry,
    verifyToken,
    limits: { perMinute, subjects: rateStore('subject'), addresses: rateStore('address') },
    isReady: async () => (await databaseService.isReady?.()) ?? true,
    stock,
    reservations,
    availability,
  });

  return {
    services: [
      databaseService,
      createLedgerService(queue, writing),
      toRedisService('redis', redis, 'away: limits are per replica'),
      toRedisService('stock cache', cacheRedis, 'away: stock is read from PostgreSQL'),
      grpcServer,
    ],
    httpHandler,
    routes,
  };
}

function toRedisService(name: string, redis: RedisConnection, away: string): Service {
  return {
    name,
    start: () => redis.start(),
    close: () => redis.close(),
    readinessDetail: () => (redis.isConnected() ? undefined : away),
  };
}
