import { Redis } from 'ioredis';
import type { Outage } from '../outage';

const breaks = ['redis'] as const;
const NOTHING = () => Promise.resolve();
const expected = 'orders and stock go on without it; holds that end are swept by the own clock';
const usual = { expected, breaks, holdMs: 4_000, limitMs: 15_000 } as const;
/** Nothing listens there. */
const NOWHERE = ['127.0.0.1', 1] as const;

const killed: Outage = {
  ...usual,
  name: 'Redis: killed',
  injected: 'SIGKILL, and started again, empty, after 4 s',
  bite: 'warnings',
  prepare: (stage) => ({
    inject: () => stage.server('redis').kill(),
    heal: () => stage.server('redis').start(),
  }),
};

const paused: Outage = {
  ...usual,
  name: 'Redis: paused',
  injected: 'SIGSTOP for 4 s',
  bite: 'warnings',
  prepare: (stage) => ({
    inject: () => stage.server('redis').pause(),
    heal: () => stage.server('redis').resume(),
  }),
};

const flushed: Outage = {
  ...usual,
  name: 'Redis: flushed',
  injected: 'FLUSHALL: cache, limits and schedulers are gone',
  bite: 'told',
  prepare({ world: { redisUrl } }) {
    let keys = 0;
    return {
      async inject() {
        keys = await withRedis(redisUrl, (redis) => redis.dbsize());
        await withRedis(redisUrl, (redis) => redis.flushall());
      },
      heal: NOTHING,
      tell: () => (keys > 0 ? `${keys} keys deleted` : undefined),
    };
  },
};

const readOnly: Outage = {
  ...usual,
  name: 'Redis: read-only',
  injected: 'REPLICAOF a server that is not there, for 4 s',
  bite: 'warnings',
  prepare: ({ world: { redisUrl } }) => ({
    inject: () => command(redisUrl, (redis) => redis.replicaof(...NOWHERE)),
    heal: () => command(redisUrl, (redis) => redis.replicaof('NO', 'ONE')),
  }),
};

const outOfMemory: Outage = {
  ...usual,
  name: 'Redis: out of memory',
  injected: 'maxmemory 1 with noeviction for 4 s',
  bite: 'warnings',
  prepare: ({ world: { redisUrl } }) => ({
    inject: () => command(redisUrl, (redis) => redis.config('SET', 'maxmemory', '1')),
    heal: () => command(redisUrl, (redis) => redis.config('SET', 'maxmemory', '0')),
  }),
};

async function command(url: string, work: (redis: Redis) => Promise<unknown>): Promise<void> {
  await withRedis(url, work);
}

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

export const redisOutages: readonly Outage[] = [killed, paused, flushed, readOnly, outOfMemory];
