export {
  createScheduledJob,
  type ScheduledJob,
  type ScheduledJobOptions,
} from './scheduled/create-scheduled-job';
export {
  createRateLimitStore,
  createRedis,
  type CreateRedisOptions,
  type RateLimitStoreOptions,
  type RedisConnection,
} from './redis';
