import { Redis } from 'ioredis';
import { createRedisPrefix } from './create-redis-prefix';

describe('createRedisPrefix', () => {
  it('removes its own keys and no others', async () => {
    const mine = createRedisPrefix();
    const other = createRedisPrefix();
    const redis = new Redis(mine.url);
    await redis.set(`${mine.prefix}a`, '1');
    await redis.set(`${other.prefix}a`, '1');
    await mine.removeKeys();
    await expect(redis.exists(`${mine.prefix}a`)).resolves.toBe(0);
    await expect(redis.exists(`${other.prefix}a`)).resolves.toBe(1);
    await other.removeKeys();
    redis.disconnect();
  });
});
