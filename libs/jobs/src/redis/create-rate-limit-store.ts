import { MemoryStore, type Options, type Store } from 'express-rate-limit';
import type { Logger } from 'pino';
import { RedisStore, type RedisReply } from 'rate-limit-redis';
import type { RedisConnection } from './create-redis';
import { createRedisGate } from './create-redis-gate';

export interface RateLimitStoreOptions {
  readonly redis: RedisConnection;
  /** Before every key in Redis. */
  readonly prefix: string;
  readonly logger: Logger;
}

/**
 * Counts in Redis, so that all replicas share one limit. While Redis is away every replica counts in
 * its own memory: the limit is then looser, but it neither refuses everybody nor lets everybody in.
 * For a Redis that hangs a request waits now and then, not every one.
 */
export function createRateLimitStore(options: RateLimitStoreOptions): Store {
  const { redis, prefix } = options;
  const logger = options.logger.child({ component: 'rate-limit' });
  const gate = createRedisGate({ redis, logger });
  const memory = new MemoryStore();
  let limiter: Options | undefined;
  let shared: Promise<RedisStore> | undefined;

  /** Made when Redis is there: the store loads its scripts once and keeps a failure for good. */
  function sharedStore(settings: Options): Promise<RedisStore> {
    shared ??= connect(settings).catch((error: unknown) => {
      shared = undefined;
      throw error;
    });
    return shared;
  }
  async function connect(settings: Options): Promise<RedisStore> {
    const store = new RedisStore({
      prefix,
      sendCommand: (command: string, ...args: string[]) =>
        redis.client.call(command, ...args) as Promise<RedisReply>,
    });
    await store.init(settings);
    return store;
  }
  async function viaRedis<Result>(
    work: (store: Store) => Promise<Result> | Result,
  ): Promise<Result> {
    const settings = limiter;
    if (settings === undefined) return work(memory);
    const counted = await gate.attempt(async () => ({
      result: await work(await sharedStore(settings)),
    }));
    return counted === undefined ? work(memory) : counted.result;
  }

  return {
    prefix,
    localKeys: false,
    init(settings) {
      limiter = settings;
      memory.init(settings);
    },
    increment: (key) => viaRedis((store) => store.increment(key)),
    decrement: (key) => viaRedis((store) => store.decrement(key)),
    resetKey: (key) => viaRedis((store) => store.resetKey(key)),
    get: (key) => viaRedis((store) => store.get?.(key)),
    shutdown: () => memory.shutdown(),
  };
}
