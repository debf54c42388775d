import { MemoryStore, type Store } from 'express-rate-limit';
import type { Logger } from 'pino';
import { createHitCounter, type HitCounter } from './create-hit-counter';
import type { RedisConnection } from './create-redis';
import { createRedisGate } from './create-redis-gate';

/** Of a limit a process takes so much at a time: a hundredth is as exact as a limit need be. */
const SHARES = 100;

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
  let counter: HitCounter | undefined;

  async function viaRedis<Result>(
    shared: (counter: HitCounter) => Promise<Result>,
    own: () => Promise<Result>,
  ): Promise<Result> {
    if (counter === undefined) return own();
    const known = counter;
    const answer = await gate.attempt(async () => ({ result: await shared(known) }));
    return answer === undefined ? own() : answer.result;
  }

  return {
    prefix,
    localKeys: false,
    init(settings) {
      const { windowMs, limit } = settings;
      const share = typeof limit === 'number' ? Math.max(1, Math.floor(limit / SHARES)) : 1;
      counter = createHitCounter({ redis, prefix, windowMs, share });
      memory.init(settings);
    },
    increment: (key) =>
      viaRedis(
        (shared) => shared.count(key),
        () => memory.increment(key),
      ),
    decrement: (key) =>
      viaRedis(
        (shared) => shared.takeBack(key),
        () => memory.decrement(key),
      ),
    resetKey: (key) =>
      viaRedis(
        (shared) => shared.reset(key),
        () => memory.resetKey(key),
      ),
    shutdown: () => memory.shutdown(),
  };
}
