import { baseEnv, envInteger, envUrl, parseEnv } from '@inventory-events/service-runtime';
import { z } from 'zod';

const MAX_QUANTITY = 2_147_483_647;
const MAX_DAYS = 36_500;

export const Env = z.object({
  ...baseEnv({ port: 8082 }),
  DATABASE_URL: envUrl('postgres', 'postgresql'),
  AMQP_URL: envUrl('amqp', 'amqps'),
  REDIS_URL: envUrl('redis', 'rediss'),

  /** Queues behind the exchange `inventory.updates`, beside the queue of that name; 0 = none. */
  INGEST_PARTITIONS: envInteger({ min: 0, max: 64 }).default(4),
  /** Messages taken from one queue and not acknowledged yet. */
  PREFETCH: envInteger({ min: 1, max: 65_535 }).default(2_000),
  /** Messages in one transaction at most. */
  BATCH_SIZE: envInteger({ min: 1, max: 5_000 }).default(500),
  /** Batches of one queue under way side by side; updates of one item never are. */
  BATCH_LANES: envInteger({ min: 1, max: 16 }).default(2),
  /** Deliveries after which a message that never finishes is dead-lettered. */
  DELIVERY_LIMIT: envInteger({ min: 5, max: 1_000 }).default(10),
  /** Attempts at a message that fails for unknown reasons. Outages cost none. */
  MAX_ATTEMPTS: envInteger({ min: 1, max: 100 }).default(5),

  DEFAULT_LOW_STOCK_THRESHOLD: envInteger({ min: 0, max: MAX_QUANTITY }).default(10),
  DEFAULT_HYSTERESIS: envInteger({ min: 0, max: MAX_QUANTITY }).default(0),

  /** 0 = keep for ever. */
  AUDIT_RETENTION_DAYS: envInteger({ min: 0, max: MAX_DAYS }).default(0),
  MOVEMENT_RETENTION_DAYS: envInteger({ min: 0, max: MAX_DAYS }).default(0),
  /** How long a repeated message is recognised. */
  INBOX_RETENTION_DAYS: envInteger({ min: 1, max: MAX_DAYS }).default(30),
  PARTITION_MAINTENANCE_INTERVAL_MS: envInteger({ min: 1_000, max: 86_400_000 }).default(3_600_000),
});

export type Config = ReturnType<typeof loadConfig>;

export function loadConfig(environment: NodeJS.ProcessEnv) {
  const env = parseEnv(Env, environment);
  return {
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
    databaseUrl: env.DATABASE_URL,
    amqpUrl: env.AMQP_URL,
    redisUrl: env.REDIS_URL,
    ingest: {
      partitions: env.INGEST_PARTITIONS,
      prefetch: env.PREFETCH,
      batchSize: env.BATCH_SIZE,
      lanes: env.BATCH_LANES,
      deliveryLimit: env.DELIVERY_LIMIT,
      maxAttempts: env.MAX_ATTEMPTS,
    },
    threshold: {
      defaultLowStockThreshold: env.DEFAULT_LOW_STOCK_THRESHOLD,
      defaultHysteresis: env.DEFAULT_HYSTERESIS,
    },
    maintenance: {
      intervalMs: env.PARTITION_MAINTENANCE_INTERVAL_MS,
      retention: {
        auditDays: env.AUDIT_RETENTION_DAYS,
        movementDays: env.MOVEMENT_RETENTION_DAYS,
        inboxDays: env.INBOX_RETENTION_DAYS,
      },
    },
  };
}
