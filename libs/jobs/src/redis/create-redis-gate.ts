import type { Logger } from 'pino';
import type { RedisConnection } from './create-redis';

export interface RedisGate {
  /** False while Redis is away, and for a moment after it failed to answer. */
  isOpen(): boolean;
  /** Undefined when Redis did not do it. */
  attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined>;
}

/**
 * For what can do without Redis: after a command that failed nothing is sent for a while, so that a
 * Redis that hangs costs one caller its time-out now and then, not every caller every time.
 */
export function createRedisGate({
  redis,
  logger,
  pauseMs = 1_000,
}: {
  readonly redis: RedisConnection;
  readonly logger: Logger;
  readonly pauseMs?: number;
}): RedisGate {
  let closedUntil = -Infinity;
  // A new connection knows nothing of the old one's trouble.
  redis.client.on('ready', () => (closedUntil = -Infinity));
  const isOpen = () => redis.isConnected() && performance.now() >= closedUntil;
  return {
    isOpen,
    async attempt(work) {
      if (!isOpen()) return undefined;
      try {
        return await work();
      } catch (error) {
        // Those that were under way together tell it once.
        if (isOpen()) logger.warn({ err: error, pauseMs }, 'going on without Redis');
        closedUntil = performance.now() + pauseMs;
        return undefined;
      }
    },
  };
}
