import { createPool } from '@inventory-events/data-access';
import { createRedis, type RedisConnection } from '@inventory-events/jobs/redis';
import type { Logger } from '@inventory-events/service-runtime';
import type { Config } from './config';
import { withTimeouts } from './with-timeouts';

type Pool = ReturnType<typeof createPool>;

export interface Connections {
  /** For reads of requests: short, ended after a time. */
  readonly reading: Pool;
  /** For the batches of commands. */
  readonly writing: Pool;
  /** For work by the clock, which may take longer than a request. */
  readonly upkeep: Pool;
  readonly redis: RedisConnection;
  /** Gives up sooner: stock can be read elsewhere. */
  readonly cacheRedis: RedisConnection;
}

const NAME = 'inventory-api';
/** The sweep, the proof and their metrics. */
const UPKEEP_CONNECTIONS = 4;

export function createConnections(config: Config, logger: Logger): Connections {
  const { database, ledger, redis, stockCache } = config;
  const onIdleError = (error: Error) => logger.warn({ err: error }, 'an idle connection broke');
  return {
    reading: createPool({
      connectionString: withTimeouts(database.url, database.queryTimeoutMs),
      applicationName: NAME,
      max: database.poolSize,
      onIdleError,
    }),
    writing: createPool({
      connectionString: database.url,
      applicationName: `${NAME} ledger`,
      max: ledger.sessions,
      pipeline: true,
      onIdleError,
    }),
    upkeep: createPool({
      connectionString: database.url,
      applicationName: `${NAME} upkeep`,
      max: UPKEEP_CONNECTIONS,
      pipeline: true,
      onIdleError,
    }),
    redis: createRedis({ url: redis.url, name: NAME, logger }),
    cacheRedis: createRedis({
      url: redis.url,
      name: `${NAME} cache`,
      logger,
      commandTimeoutMs: stockCache.timeoutMs,
    }),
  };
}
