import { baseEnv, envInteger, envUrl, parseEnv } from '@inventory-events/service-runtime';
import { z } from 'zod';

export const Env = z.object({
  ...baseEnv({ port: 8083 }),
  DATABASE_URL: envUrl('postgresql', 'postgres'),
  AMQP_URL: envUrl('amqp', 'amqps'),
  /** Events per read of the outbox. */
  RELAY_BATCH_SIZE: envInteger({ min: 1, max: 10_000 }).default(500),
  /** Events published and not yet confirmed. */
  RELAY_MAX_IN_FLIGHT: envInteger({ min: 1, max: 50_000 }).default(1_000),
  /** Events kept in memory. */
  RELAY_BUFFER_EVENTS: envInteger({ min: 1, max: 1_000_000 }).default(4_000),
  /** Bytes of their payloads, which count as well. */
  RELAY_BUFFER_BYTES: envInteger({ min: 1_048_576 }).default(33_554_432),
  /** A larger payload counts as a failed attempt; keep it at or below the broker's limit. */
  RELAY_MAX_MESSAGE_BYTES: envInteger({ min: 1_024 }).default(1_048_576),
  /** Between reads that no notification asked for. */
  RELAY_POLL_MS: envInteger({ min: 50, max: 60_000 }).default(1_000),
  /** Between looks at the leases. A dead relay's partitions are taken over after one to six. */
  RELAY_LEASE_POLL_MS: envInteger({ min: 50, max: 60_000 }).default(1_000),
  /** Attempts at an event that fails by itself. Outages of broker and database cost none. */
  RELAY_MAX_ATTEMPTS: envInteger({ min: 1, max: 1_000 }).default(10),
  /** Before the second attempt; doubled for each one after it, with jitter. */
  RELAY_RETRY_INITIAL_MS: envInteger({ min: 1 }).default(500),
  /** Between two attempts at most. */
  RELAY_RETRY_MAX_MS: envInteger({ min: 1 }).default(60_000),
  /** After the last attempt: set the event aside and go on with its item, or hold the item. */
  RELAY_FAILURE_POLICY: z.enum(['park', 'block'], 'must be park or block').default('park'),
});

export type Config = ReturnType<typeof loadConfig>;

export function loadConfig(environment: Readonly<Record<string, string | undefined>>) {
  const env = parseEnv(Env, environment);
  return {
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
    databaseUrl: env.DATABASE_URL,
    amqpUrl: env.AMQP_URL,
    relay: {
      batchSize: env.RELAY_BATCH_SIZE,
      maxInFlight: env.RELAY_MAX_IN_FLIGHT,
      bufferEvents: Math.max(env.RELAY_BUFFER_EVENTS, env.RELAY_BATCH_SIZE),
      bufferBytes: env.RELAY_BUFFER_BYTES,
      maxMessageBytes: env.RELAY_MAX_MESSAGE_BYTES,
      pollMs: env.RELAY_POLL_MS,
      leasePollMs: env.RELAY_LEASE_POLL_MS,
      retry: {
        maxAttempts: env.RELAY_MAX_ATTEMPTS,
        initialMs: env.RELAY_RETRY_INITIAL_MS,
        maxMs: env.RELAY_RETRY_MAX_MS,
        afterwards: env.RELAY_FAILURE_POLICY,
      },
    },
  };
}
