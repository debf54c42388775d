import { createRateLimitStore, type RedisConnection } from '@inventory-events/jobs/redis';
import type { Logger } from '@inventory-events/service-runtime';

export interface RateStoresOptions {
  readonly redis: RedisConnection;
  readonly logger: Logger;
  /** Before every key in Redis. */
  readonly keyPrefix: string;
}

export type RateStore = ReturnType<typeof createRateLimitStore>;

/** One store for each name, so that all transports count what has a name in one place. */
export function createRateStores(options: RateStoresOptions): (name: string) => RateStore {
  const { redis, logger, keyPrefix } = options;
  const stores = new Map<string, RateStore>();
  return (name) => {
    const prefix = `${keyPrefix}rate:inventory-api:${name}:`;
    const store = stores.get(name) ?? createRateLimitStore({ redis, logger, prefix });
    stores.set(name, store);
    return store;
  };
}
