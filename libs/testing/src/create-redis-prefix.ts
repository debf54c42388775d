import { Redis } from 'ioredis';
import { serverUrl, uniqueTestName } from './test-environment';

export interface RedisPrefix {
  /** Ends in a colon. */
  prefix: string;
  url: string;
  removeKeys(): Promise<void>;
}

/** A key prefix of its own on the tests' Redis, or on another one. */
export function createRedisPrefix(url = serverUrl('REDIS_URL')): RedisPrefix {
  const prefix = `${uniqueTestName()}:`;
  return {
    prefix,
    url,
    async removeKeys() {
      const redis = new Redis(url, { maxRetriesPerRequest: 1 });
      try {
        for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1000 })) {
          if (keys.length > 0) await redis.unlink(...(keys as string[]));
        }
      } finally {
        redis.disconnect();
      }
    },
  };
}
