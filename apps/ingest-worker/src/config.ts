import { baseEnv, envInteger, envUrl, parseEnv } from '@inventory-events/service-runtime';
import { z } from 'zod';

const MAX_QUANTITY = 2_147_483_647;
const MAX_DAYS = 36_500;
const MAX_TTL_SECONDS = 7 * 86_400;

export const Env = z.object({
  ...baseEnv({ port: 8082 }),
  DATABASE_URL: envUrl('postgres', 'postgresql'),
  AMQP_URL: envUrl('amqp', 'amqps'),
  REDIS_URL: envUrl('redis', 'rediss'),
  /** Before every key in Redis. */
  REDIS_KEY_PREFIX: z.string().max(100).default('inventory-events:'),

  /** Queues behind the exchange `inventory.updates`, beside the queue of that name; 0 = none. */
  INGEST_PARTITIONS: envInteger({ min: 0, max: 64 }).default(4),
  /** Messages taken from one queue and not acknowledged yet. */
  PREFETCH: envInteger({ min: 1, max: 65_535 }).default(1_000),
  /** Messages in one transaction at most. */
  BATCH_SIZE: envInteger({ min: 1, max: 5_000 }).default(500),
  /** Deliveries, each of which ended its process, after which a message is dead-lettered. */
  DELIVERY_LIMIT: envInteger({ min: 4, max: 50 }).default(6),
  /** Attempts at a message that fails for unknown reasons. Outages cost none. */
  MAX_ATTEMPTS: envInteger({ min: 1, max: 100 }).default(5),

  /** Low from here down, where neither message, item nor rule says otherwise. */
  DEFAULT_LOW_STOCK_THRESHOLD: envInteger({ min: 0, max: MAX_QUANTITY }).default(10),
  /** Low stock is left above threshold and hysteresis, so that alerts don't flap. */
  DEFAULT_HYSTERESIS: envInteger({ min: 0, max: MAX_QUANTITY }).default(0),

  /** How long stock is held for an order that says nothing else. */
  RESERVATION_TTL_SECONDS: envInteger({ min: 1, max: MAX_TTL_SECONDS }).default(900),
  /** Between looks for reservations whose time has passed. */
  RESERVATION_SWEEP_INTERVAL_MS: envInteger({ min: 100, max: 3_600_000 }).default(1_000),
  /** How long an event is remembered that came before its order. */
  ORDER_OUTCOME_RETENTION_DAYS: envInteger({ min: 1, max: MAX_DAYS }).default(7),

  /** How long events stay in the audit log; 0 = for ever. */
  AUDIT_RETENTION_DAYS: envInteger({ min: 0, max: MAX_DAYS }).default(0),
  /** How long movements are kept; 0 = for ever. */
  MOVEMENT_RETENTION_DAYS: envInteger({ min: 0, max: MAX_DAYS }).default(0),
  /** How long a repeated message is recognised. */
  INBOX_RETENTION_DAYS: envInteger({ min: 1, max: MAX_DAYS }).default(30),
  /** Between runs that make the coming time partitions and remove what has expired. */
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
    redis: { url: env.REDIS_URL, keyPrefix: env.REDIS_KEY_PREFIX },
    ingest: {
      partitions: env.INGEST_PARTITIONS,
      prefetch: env.PREFETCH,
      batchSize: env.BATCH_SIZE,
      deliveryLimit: env.DELIVERY_LIMIT,
      maxAttempts: env.MAX_ATTEMPTS,
    },
    threshold: {
      defaultLowStockThreshold: env.DEFAULT_LOW_STOCK_THRESHOLD,
      defaultHysteresis: env.DEFAULT_HYSTERESIS,
    },
    reservation: {
      ttlSeconds: env.RESERVATION_TTL_SECONDS,
      sweepIntervalMs: env.RESERVATION_SWEEP_INTERVAL_MS,
    },
    maintenance: {
      intervalMs: env.PARTITION_MAINTENANCE_INTERVAL_MS,
      orderOutcomeDays: env.ORDER_OUTCOME_RETENTION_DAYS,
      retention: {
        auditDays: env.AUDIT_RETENTION_DAYS,
        movementDays: env.MOVEMENT_RETENTION_DAYS,
        inboxDays: env.INBOX_RETENTION_DAYS,
      },
    },
  };
}
