import {
  authEnv,
  baseEnv,
  envInteger,
  envUrl,
  parseEnv,
  requireOneAuthMethod,
  toTokenVerifierOptions,
} from '@inventory-events/service-runtime';
import { z } from 'zod';

export const Env = z
  .object({
    ...baseEnv({ port: 8081 }),
    ...authEnv(),
    DATABASE_URL: envUrl('postgres', 'postgresql'),
    AMQP_URL: envUrl('amqp', 'amqps'),
    REDIS_URL: envUrl('redis', 'rediss'),
    /** Before every key in Redis. */
    REDIS_KEY_PREFIX: z.string().max(100).default('inventory-events:'),

    /** Connections for queries; the stream has three of its own. */
    DATABASE_POOL_SIZE: envInteger({ min: 1, max: 100 }).default(10),
    /** A query that takes longer is ended and answered with 503. */
    QUERY_TIMEOUT_MS: envInteger({ min: 100, max: 300_000 }).default(10_000),

    /** Requests per minute of a token's subject; an address without one has ten times as many. */
    RATE_LIMIT_PER_MINUTE: envInteger({ min: 1, max: 1_000_000 }).default(600),
    /** Proxies in front that set X-Forwarded-For; 0 = none, the header is ignored. */
    TRUSTED_PROXY_HOPS: envInteger({ min: 0, max: 10 }).default(0),

    /** Open event streams at once; more are answered with 503. */
    STREAM_MAX_CLIENTS: envInteger({ min: 1, max: 10_000 }).default(500),
    /** The safety poll; notifications wake the stream sooner. */
    STREAM_POLL_INTERVAL_MS: envInteger({ min: 50, max: 60_000 }).default(1_000),
    /** Between comments that keep a silent stream open through proxies. */
    STREAM_HEARTBEAT_INTERVAL_MS: envInteger({ min: 100, max: 110_000 }).default(15_000),
  })
  .check(requireOneAuthMethod);

export type Config = ReturnType<typeof loadConfig>;

export function loadConfig(environment: NodeJS.ProcessEnv) {
  const env = parseEnv(Env, environment);
  return {
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
    auth: toTokenVerifierOptions(env),
    amqpUrl: env.AMQP_URL,
    redis: { url: env.REDIS_URL, keyPrefix: env.REDIS_KEY_PREFIX },
    database: {
      url: env.DATABASE_URL,
      poolSize: env.DATABASE_POOL_SIZE,
      queryTimeoutMs: env.QUERY_TIMEOUT_MS,
    },
    http: {
      rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
      trustedProxyHops: env.TRUSTED_PROXY_HOPS,
    },
    stream: {
      maxClients: env.STREAM_MAX_CLIENTS,
      pollIntervalMs: env.STREAM_POLL_INTERVAL_MS,
      heartbeatIntervalMs: env.STREAM_HEARTBEAT_INTERVAL_MS,
    },
  };
}
