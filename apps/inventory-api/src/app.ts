import { createPool } from '@inventory-events/data-access';
import {
  createRateLimitStore,
  createRedis,
  type RedisConnection,
} from '@inventory-events/jobs/redis';
import type { Logger, Service } from '@inventory-events/service-runtime';
import { createHttpApp, type Route } from '@inventory-events/service-runtime/api';
import { createTokenVerifier } from '@inventory-events/service-runtime/http';
import {
  type CommandQueue,
  createCommandQueue,
  createStockLedger,
} from '@inventory-events/stock-ledger';
import type { RequestListener } from 'node:http';
import type { Registry } from 'prom-client';
import type { Config } from './config';
import { createDatabaseService } from './create-database-service';
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
  const queue = createCommandQueue({ ledger, ...config.ledger });

  const routes: Route[] = [];
  const verifyToken = createTokenVerifier(config.auth);
  const httpHandler = createHttpApp({
    description: API_DESCRIPTION,
    logger,
    registry,
    verifyToken,
    rateLimits: {
      perMinute: config.http.rateLimitPerMinute,
      createStore: (name) =>
        createRateLimitStore({ redis, logger, prefix: `${redisConfig.keyPrefix}rate:${name}:` }),
    },
    trustedProxyHops: config.http.trustedProxyHops,
    routes,
  });

  return {
    services: [
      createDatabaseService(reading),
      toLedgerService(queue, writing),
      toRedisService(redis),
    ],
    httpHandler,
    routes,
  };
}

function toLedgerService(queue: CommandQueue, pool: ReturnType<typeof createPool>): Service {
  let ended: Promise<void> | undefined;
  return {
    name: 'ledger',
    start: () => Promise.resolve(),
    drain: () => queue.drain(),
    close: () => (ended ??= pool.end()),
  };
}

function toRedisService(redis: RedisConnection): Service {
  return {
    name: 'redis',
    start: () => redis.start(),
    close: () => redis.close(),
    readinessDetail: () => (redis.isConnected() ? undefined : 'away: limits are per replica'),
  };
}
