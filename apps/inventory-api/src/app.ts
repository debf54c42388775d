import type { RedisConnection } from '@inventory-events/jobs/redis';
import type { HttpApp, Logger, Service } from '@inventory-events/service-runtime';
import { createHttpApp, type Route } from '@inventory-events/service-runtime/api';
import {
  createTokenVerifier,
  rememberVerifiedTokens,
} from '@inventory-events/service-runtime/http';
import { createStockLedger } from '@inventory-events/stock-ledger';
import { createProofUpkeep, createReservationSweepJob } from '@inventory-events/stock-upkeep';
import type { Registry } from 'prom-client';
import { createStockCache } from './cache/create-stock-cache';
import { publishChanges } from './cache/publish-changes';
import { refuseConcurrentRepetitions } from './commands/refuse-concurrent-repetitions';
import type { Config } from './config';
import { type Connections, createConnections } from './create-connections';
import { createDatabaseService } from './create-database-service';
import { createLedgerService } from './create-ledger-service';
import { createObservedQueue } from './create-observed-queue';
import { createRateStores } from './create-rate-stores';
import { createRoutes } from './create-routes';
import { createUseCases } from './create-use-cases';
import { createGrpcServer } from './grpc/create-grpc-server';

export interface InventoryAppOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
}

export interface InventoryApp {
  /** In the order of their start; closed in reverse. */
  readonly services: readonly Service[];
  readonly httpApp: HttpApp;
  readonly routes: readonly Route[];
}

export const API_DESCRIPTION = {
  title: 'Inventory events: inventory API',
  description: 'The stock of every product, variant and warehouse, and the reservations on it.',
};

export function createInventoryApp(options: InventoryAppOptions): InventoryApp {
  const { config, logger, registry } = options;
  const connections = createConnections(config, logger);
  const { reading, writing, redis, cacheRedis } = connections;
  const ledger = createStockLedger({ pool: writing, defaults: config.threshold });
  const cache = createStockCache({
    redis: cacheRedis,
    pool: reading,
    logger,
    registry,
    keyPrefix: config.redis.keyPrefix,
    ttlMs: config.stockCache.ttlMs,
  });
  const queue = publishChanges(
    refuseConcurrentRepetitions(createObservedQueue({ ledger, registry, ...config.ledger })),
    cache,
  );
  const ttl = config.reservations;
  const useCases = createUseCases({ pool: reading, queue, cache, ttl, logger });
  const upkeep = createUpkeep(options, connections);

  const tokens = rememberVerifiedTokens(createTokenVerifier(config.auth));
  const perMinute = config.http.rateLimitPerMinute;
  const rateStore = createRateStores({ redis, logger, keyPrefix: config.redis.keyPrefix });
  const routes = createRoutes({ useCases, proof: upkeep.proof, pool: reading });
  const httpApp = createHttpApp({
    description: API_DESCRIPTION,
    logger,
    registry,
    tokens,
    rateLimits: { perMinute, createStore: rateStore },
    trustedProxyHops: config.http.trustedProxyHops,
    routes,
  });
  const database = createDatabaseService(reading);
  const grpcServer = createGrpcServer({
    port: config.grpc.port,
    logger,
    registry,
    verifyToken: tokens.verify,
    limits: { perMinute, subjects: rateStore('subject'), addresses: rateStore('address') },
    isReady: async () => (await database.isReady?.()) ?? true,
    ...useCases,
  });

  const services = [
    database,
    createLedgerService(queue, writing),
    toRedisService('redis', redis, 'away: limits are per replica'),
    toRedisService('stock cache', cacheRedis, 'away: stock is read from PostgreSQL'),
    ...upkeep.services,
    grpcServer,
  ];
  return { services, httpApp, routes };
}

/** What the clock asks for. Its commands go past the queue: they are batches already. */
function createUpkeep(
  { config, logger, registry }: InventoryAppOptions,
  { upkeep: pool }: Connections,
) {
  const ledger = createStockLedger({ pool, defaults: config.threshold });
  const { sweepIntervalMs, proofIntervalMs, proofFullIntervalMs } = config.upkeep;
  const common = { pool, ledger, redis: config.redis, logger, registry };
  const sweep = createReservationSweepJob({ ...common, intervalMs: sweepIntervalMs });
  const { job, proof } = createProofUpkeep({
    ...common,
    intervalMs: proofIntervalMs,
    fullIntervalMs: proofFullIntervalMs,
  });
  let ended: Promise<void> | undefined;
  const connections: Service = {
    name: 'upkeep connections',
    start: () => Promise.resolve(),
    close: () => (ended ??= pool.end()),
  };
  return { services: [connections, sweep, job], proof };
}

function toRedisService(name: string, redis: RedisConnection, away: string): Service {
  return {
    name,
    start: () => redis.start(),
    close: () => redis.close(),
    readinessDetail: () => (redis.isConnected() ? undefined : away),
  };
}
