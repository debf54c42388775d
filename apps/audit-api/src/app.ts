import { createPool } from '@inventory-events/data-access';
import { createPrismaClient } from '@inventory-events/data-access/prisma';
import {
  createRateLimitStore,
  createRedis,
  type RedisConnection,
} from '@inventory-events/jobs/redis';
import { createAmqpConnection, type AmqpConnection } from '@inventory-events/messaging';
import type { HttpApp, Logger, Service } from '@inventory-events/service-runtime';
import {
  createTokenVerifier,
  rememberVerifiedTokens,
} from '@inventory-events/service-runtime/http';
import { createHttpApp, type Route } from '@inventory-events/service-runtime/api';
import type { Registry } from 'prom-client';
import type { Config } from './config';
import { createDatabaseService } from './create-database-service';
import { createDeadLetterQueues } from './dead-letters/create-dead-letter-queues';
import { deadLetterRoutes } from './dead-letters/dead-letter-routes';
import { eventRoutes } from './events/event-routes';
import { exportRoute } from './events/export-route';
import { timelineRoute } from './events/timeline-route';
import { outboxRoutes } from './outbox/outbox-routes';
import { parkedRoutes } from './outbox/parked-routes';
import { createEventTail } from './stream/create-event-tail';
import { createStreamHub } from './stream/create-stream-hub';
import { streamRoute } from './stream/stream-route';
import { withTimeouts } from './with-timeouts';

export interface AuditAppOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
}

export interface AuditApp {
  /** In the order of their start; closed in reverse. */
  readonly services: readonly Service[];
  readonly httpApp: HttpApp;
  readonly routes: readonly Route[];
}

export const API_DESCRIPTION = {
  title: 'Inventory events: audit API',
  description: 'What happened to stock, why, and what is still on its way.',
};

export function createAuditApp({ config, logger, registry }: AuditAppOptions): AuditApp {
  const { database, redis: redisConfig, stream } = config;
  const pool = createPool({
    connectionString: withTimeouts(database.url, database.queryTimeoutMs),
    applicationName: 'audit-api',
    max: database.poolSize,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  });
  const prisma = createPrismaClient(pool);
  const redis = createRedis({ url: redisConfig.url, name: 'audit-api', logger });
  const amqp = createAmqpConnection({ url: config.amqpUrl, name: 'audit-api', logger });
  const deadLetters = createDeadLetterQueues({ connection: amqp, logger, registry });
  const tail = createEventTail({
    connectionString: database.url,
    pollIntervalMs: stream.pollIntervalMs,
    logger,
  });
  const hub = createStreamHub({ tail, logger, registry, ...stream });

  const routes = [
    ...eventRoutes({ pool, prisma }),
    exportRoute({ pool }),
    streamRoute({ hub }),
    timelineRoute({ pool }),
    ...outboxRoutes({ pool }),
    ...parkedRoutes({ pool, prisma }),
    ...deadLetterRoutes({ deadLetters }),
  ];
  const httpApp = createHttpApp({
    description: API_DESCRIPTION,
    logger,
    registry,
    tokens: rememberVerifiedTokens(createTokenVerifier(config.auth)),
    rateLimits: {
      perMinute: config.http.rateLimitPerMinute,
      // The inventory API counts beside it, up to a limit of its own.
      createStore: (name) => {
        const prefix = `${redisConfig.keyPrefix}rate:audit-api:${name}:`;
        return createRateLimitStore({ redis, logger, prefix });
      },
    },
    trustedProxyHops: config.http.trustedProxyHops,
    routes,
  });

  return {
    services: [
      createDatabaseService(pool),
      toRedisService(redis),
      toAmqpService(amqp),
      deadLetters,
      tail,
      hub,
    ],
    httpApp,
    routes,
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

/** Only dead letters need the broker: without it all else is served, so it is never unready. */
function toAmqpService(amqp: AmqpConnection): Service {
  return {
    name: 'amqp',
    start: () => Promise.resolve(amqp.start()),
    close: () => amqp.close(),
    readinessDetail: () => (amqp.isConnected() ? undefined : 'away: no dead letters'),
  };
}
