// Apart from the jobs, so that an app which only counts in Redis need not load BullMQ.
export {
  createVersionedCache,
  type VersionedCache,
  type VersionedCacheObserver,
  type VersionedCacheOptions,
} from '../cache/create-versioned-cache';
export { createRateLimitStore, type RateLimitStoreOptions } from './create-rate-limit-store';
export { createRedis, type CreateRedisOptions, type RedisConnection } from './create-redis';
