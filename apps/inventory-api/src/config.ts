import {
  authEnv,
  baseEnv,
  envInteger,
  envPort,
  envUrl,
  parseEnv,
  requireOneAuthMethod,
  toTokenVerifierOptions,
} from '@inventory-events/service-runtime';
import { z } from 'zod';

const MAX_QUANTITY = 2_147_483_647;
const MAX_DAY_SECONDS = 86_400;

export const Env = z
  .object({
    ...baseEnv({ port: 8080 }),
    ...authEnv(),
    /** Where gRPC is served. */
    GRPC_PORT: envPort().default(9090),
    DATABASE_URL: envUrl('postgres', 'postgresql'),
    REDIS_URL: envUrl('redis', 'rediss'),
    /** Before every key in Redis. */
    REDIS_KEY_PREFIX: z.string().max(100).default('inventory-events:'),

    /** Connections for reads; those that write are counted by LEDGER_SESSIONS. */
    DATABASE_POOL_SIZE: envInteger({ min: 1, max: 100 }).default(10),
    /** A read that takes longer is ended and answered with 503. */
    QUERY_TIMEOUT_MS: envInteger({ min: 100, max: 300_000 }).default(5_000),

    /** Batches under way at once at most, each on a connection of its own. */
    LEDGER_SESSIONS: envInteger({ min: 1, max: 16 }).default(1),
    /** Commands in one transaction at most. */
    LEDGER_BATCH_SIZE: envInteger({ min: 1, max: 5_000 }).default(500),
    /** Commands that may wait for their turn; more are answered with 429. */
    LEDGER_MAX_WAITING: envInteger({ min: 1, max: 100_000 }).default(5_000),

    /** How old stock may be that a read is answered with from Redis; 0 reads PostgreSQL always. */
    STOCK_CACHE_TTL_MS: envInteger({ min: 0, max: 3_600_000 }).default(5_000),
    /** After so long without an answer from Redis, stock is read from PostgreSQL. */
    STOCK_CACHE_TIMEOUT_MS: envInteger({ min: 1, max: 10_000 }).default(100),

    /** How long stock is held for an order that doesn't say. */
    RESERVATION_TTL_SECONDS: envInteger({ min: 1, max: MAX_DAY_SECONDS }).default(900),
    /** The longest that an order may ask for. */
    RESERVATION_MAX_TTL_SECONDS: envInteger({ min: 1, max: 30 * MAX_DAY_SECONDS }).default(
      MAX_DAY_SECONDS,
    ),

    /** Between looks for reservations whose time has passed. */
    RESERVATION_SWEEP_INTERVAL_MS: envInteger({ min: 100, max: 3_600_000 }).default(1_000),
    /** Between proofs of the stock that changed. */
    PROOF_INTERVAL_MS: envInteger({ min: 100, max: 86_400_000 }).default(60_000),
    /** Between proofs of all stock; 0 = only on demand. */
    PROOF_FULL_INTERVAL_MS: envInteger({ min: 0, max: 604_800_000 }).default(86_400_000),

    /** Low from here down, where neither message, item nor rule says otherwise. */
    DEFAULT_LOW_STOCK_THRESHOLD: envInteger({ min: 0, max: MAX_QUANTITY }).default(10),
    /** Low stock is left above threshold and hysteresis, so that alerts don't flap. */
    DEFAULT_HYSTERESIS: envInteger({ min: 0, max: MAX_QUANTITY }).default(0),

    /** Requests per minute of a token's subject; an address without one has ten times as many. */
    RATE_LIMIT_PER_MINUTE: envInteger({ min: 1, max: 10_000_000 }).default(6_000),
    /** Proxies in front that set X-Forwarded-For; 0 = none, the header is ignored. */
    TRUSTED_PROXY_HOPS: envInteger({ min: 0, max: 10 }).default(0),
  })
  .check(requireOneAuthMethod);

export type Config = ReturnType<typeof loadConfig>;

export function loadConfig(environment: NodeJS.ProcessEnv) {
  const env = parseEnv(Env, environment);
  return {
    port: env.PORT,
    grpc: { port: env.GRPC_PORT },
    logLevel: env.LOG_LEVEL,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
    auth: toTokenVerifierOptions(env),
    redis: { url: env.REDIS_URL, keyPrefix: env.REDIS_KEY_PREFIX },
    database: {
      url: env.DATABASE_URL,
      poolSize: env.DATABASE_POOL_SIZE,
      queryTimeoutMs: env.QUERY_TIMEOUT_MS,
    },
    ledger: {
      sessions: env.LEDGER_SESSIONS,
      batchSize: env.LEDGER_BATCH_SIZE,
      maxWaiting: env.LEDGER_MAX_WAITING,
    },
    stockCache: { ttlMs: env.STOCK_CACHE_TTL_MS, timeoutMs: env.STOCK_CACHE_TIMEOUT_MS },
    reservations: {
      ttlSeconds: env.RESERVATION_TTL_SECONDS,
      maxTtlSeconds: env.RESERVATION_MAX_TTL_SECONDS,
    },
    upkeep: {
      sweepIntervalMs: env.RESERVATION_SWEEP_INTERVAL_MS,
      proofIntervalMs: env.PROOF_INTERVAL_MS,
      proofFullIntervalMs: env.PROOF_FULL_INTERVAL_MS,
    },
    threshold: {
      defaultLowStockThreshold: env.DEFAULT_LOW_STOCK_THRESHOLD,
      defaultHysteresis: env.DEFAULT_HYSTERESIS,
    },
    http: {
      rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
      trustedProxyHops: env.TRUSTED_PROXY_HOPS,
    },
  };
}
