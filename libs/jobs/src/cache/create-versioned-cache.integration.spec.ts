import { once } from 'node:events';
import { createRedisPrefix, createTcpProxy, waitUntil } from '@inventory-events/testing';
import { pino } from 'pino';
import { createRedis, type RedisConnection } from '../redis/create-redis';
import { createVersionedCache, type VersionedCacheOptions } from './create-versioned-cache';

interface Stock {
  readonly version: number;
  readonly quantity: number;
}

const logger = pino({ level: 'silent' });
const redisPrefix = createRedisPrefix();
const connections: RedisConnection[] = [];
let caches = 0;

async function connect(url = redisPrefix.url, commandTimeoutMs = 500): Promise<RedisConnection> {
  const redis = createRedis({ url, name: 'cache spec', logger, commandTimeoutMs });
  connections.push(redis);
  await redis.start();
  if (redis.client.status !== 'ready') await once(redis.client, 'ready');
  return redis;
}

/** What the caches read from; a read may be held up with what it saw. */
function createSource() {
  const rows = new Map<string, Stock>();
  const loads: string[][] = [];
  let gate: Promise<void> | undefined;
  return {
    rows,
    loads,
    set(key: string, version: number) {
      rows.set(key, { version, quantity: version * 10 });
    },
    /** Reads see what there is now, and arrive when the returned function is called. */
    holdUp(): () => void {
      let release!: () => void;
      gate = new Promise((resolve) => (release = resolve));
      return () => {
        gate = undefined;
        release();
      };
    },
    async load(keys: readonly string[]): Promise<Map<string, Stock>> {
      loads.push([...keys]);
      const seen = new Map(
        keys.flatMap((key) => {
          const row = rows.get(key);
          return row === undefined ? [] : [[key, row] as const];
        }),
      );
      await (gate ?? Promise.resolve());
      return seen;
    },
  };
}

type Source = ReturnType<typeof createSource>;

function createCache(
  redis: RedisConnection,
  source: Source,
  options: Partial<VersionedCacheOptions<Stock>> = {},
) {
  const counts = { hit: 0, missed: 0, bypassed: 0 };
  const cache = createVersionedCache<Stock>({
    redis,
    logger,
    prefix: `${redisPrefix.prefix}${caches}:`,
    ttlMs: 60_000,
    load: source.load,
    versionOf: (stock) => stock.version,
    observer: {
      hit: () => (counts.hit += 1),
      missed: () => (counts.missed += 1),
      bypassed: () => (counts.bypassed += 1),
    },
    ...options,
  });
  const read = async (key: string) => (await cache.read([key])).get(key)?.version;
  return { ...cache, counts, readVersion: read };
}

beforeEach(() => {
  caches += 1;
});

afterAll(async () => {
  for (const redis of connections) await redis.close();
  await redisPrefix.removeKeys();
});

describe('createVersionedCache', () => {
  it('reads through, once, for all replicas', async () => {
    const source = createSource();
    source.set('a', 1);
    source.set('b', 7);
    const one = createCache(await connect(), source);
    const other = createCache(await connect(), source);
    const first = await one.read(['a', 'b', 'none', 'a']);
    expect(first).toEqual(
      new Map([
        ['a', { version: 1, quantity: 10 }],
        ['b', { version: 7, quantity: 70 }],
      ]),
    );
    expect(await other.read(['b', 'a'])).toEqual(new Map([...first].reverse()));
    expect(source.loads).toEqual([['a', 'b', 'none']]);
    expect([one.counts, other.counts]).toEqual([
      { hit: 0, missed: 3, bypassed: 0 },
      { hit: 2, missed: 0, bypassed: 0 },
    ]);
  });

  it('shows a change at once where it was published, everywhere', async () => {
    const source = createSource();
    source.set('a', 1);
    const one = createCache(await connect(), source);
    const other = createCache(await connect(), source);
    expect([await one.readVersion('a'), await other.readVersion('a')]).toEqual([1, 1]);
    source.set('a', 2);
    await one.publish(new Map([['a', { version: 2, quantity: 20 }]]));
    expect([await one.readVersion('a'), await other.readVersion('a')]).toEqual([2, 2]);
    expect(source.loads).toHaveLength(1);
  });

  it('lets a slow read of the old bring nothing back: not while the new is there', async () => {
    const source = createSource();
    source.set('a', 1);
    const slow = createCache(await connect(), source);
    const other = createCache(await connect(), source);
    const release = source.holdUp();
    const late = slow.readVersion('a');
    await waitUntil(() => source.loads.length === 1);
    source.set('a', 2);
    await other.publish(new Map([['a', { version: 2, quantity: 20 }]]));
    release();
    await late;
    expect([await other.readVersion('a'), await slow.readVersion('a')]).toEqual([2, 2]);
  });

  it('lets a slow read of the old bring nothing back: not when the new has expired', async () => {
    const source = createSource();
    source.set('a', 1);
    const redis = await connect();
    const slow = createCache(redis, source, { ttlMs: 100 });
    const other = createCache(await connect(), source, { ttlMs: 100 });
    await other.readVersion('a');
    const release = source.holdUp();
    const late = slow.readFresh(['a']);
    await waitUntil(() => source.loads.length === 2);
    source.set('a', 2);
    await other.publish(new Map([['a', { version: 2, quantity: 20 }]]));
    const keys = () => redis.client.keys(`${redisPrefix.prefix}${caches}:*`);
    const onlyVersion = [expect.stringMatching(/:version$/)];
    await waitUntil(async () => (await keys()).length < 2);
    release();
    await late;
    expect(await keys()).toEqual(onlyVersion);
    expect([await other.readVersion('a'), await slow.readVersion('a')]).toEqual([2, 2]);
  });

  it('keeps what is newer when a reader comes with something older', async () => {
    const source = createSource();
    source.set('a', 5);
    const cache = createCache(await connect(), source);
    await cache.readVersion('a');
    source.set('a', 4);
    expect((await cache.readFresh(['a'])).get('a')?.version).toBe(5);
    expect(await cache.readVersion('a')).toBe(5);
  });

  it('reads again when a value has had its time', async () => {
    const source = createSource();
    source.set('a', 1);
    const cache = createCache(await connect(), source, { ttlMs: 40 });
    expect(await cache.readVersion('a')).toBe(1);
    source.set('a', 2);
    await waitUntil(async () => (await cache.readVersion('a')) === 2, { timeoutMs: 2_000 });
  });

  it('reads a value again before its end, in one process, and serves meanwhile', async () => {
    const source = createSource();
    source.set('a', 1);
    const replicas = [
      createCache(await connect(), source, { ttlMs: 2_000 }),
      createCache(await connect(), source, { ttlMs: 2_000 }),
    ];
    await replicas[0]?.readVersion('a');
    const missesBefore = replicas.reduce((sum, { counts }) => sum + counts.missed, 0);
    source.set('a', 2);
    await waitUntil(
      async () => {
        const seen = await Promise.all(replicas.map(({ readVersion }) => readVersion('a')));
        return seen.every((version) => version === 2);
      },
      { intervalMs: 5 },
    );
    expect(source.loads).toHaveLength(2);
    expect(replicas.reduce((sum, { counts }) => sum + counts.missed, 0)).toBe(missesBefore);
  });

  it('asks the source twice at once at most, however many ask', async () => {
    const source = createSource();
    source.set('a', 1);
    const cache = createCache(await connect(), source);
    const release = source.holdUp();
    const readers = Array.from({ length: 200 }, () => cache.readVersion('a'));
    await waitUntil(() => source.loads.length > 0);
    readers.push(...Array.from({ length: 200 }, () => cache.readVersion('a')));
    await waitUntil(() => cache.counts.missed === 400);
    release();
    expect(new Set(await Promise.all(readers))).toEqual(new Set([1]));
    expect(source.loads.length).toBeLessThanOrEqual(3);
  });

  it('keeps nothing of what is not worth it, but its version', async () => {
    const source = createSource();
    const options = { isKept: (stock: Stock) => stock.quantity > 0 };
    const cache = createCache(await connect(), source, options);
    const other = createCache(await connect(), source, options);
    source.rows.set('a', { version: 1, quantity: 5 });
    await cache.readVersion('a');
    source.rows.set('a', { version: 2, quantity: 0 });
    await cache.readFresh(['a']);
    expect(await other.readVersion('a')).toBe(2);
    expect(await other.readVersion('a')).toBe(2);
    expect(other.counts.hit).toBe(0);
  });

  it('with no time to live reads the source always', async () => {
    const source = createSource();
    source.set('a', 1);
    const cache = createCache(await connect(), source, { ttlMs: 0 });
    await cache.readVersion('a');
    await cache.publish(new Map([['a', { version: 1, quantity: 10 }]]));
    await cache.readVersion('a');
    expect(source.loads).toHaveLength(2);
    expect(cache.counts.bypassed).toBe(2);
  });

  it('hands on the failure of the source', async () => {
    const load = () => Promise.reject(new Error('no database'));
    const cache = createCache(await connect(), createSource(), { load });
    await expect(cache.read(['a'])).rejects.toThrow('no database');
  });

  it('never goes back under writers, slow readers and short lives, over replicas', async () => {
    const source = createSource();
    source.set('a', 1);
    const jitter = () => new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 8));
    const load = async (keys: readonly string[]) => {
      const seen = await source.load(keys);
      await jitter();
      return seen;
    };
    const replicas = await Promise.all(
      [1, 2, 3].map(async () => createCache(await connect(), source, { ttlMs: 10, load })),
    );
    let highest = 0;
    let isOver = false;
    const reader = async ({ readVersion }: (typeof replicas)[number]) => {
      while (!isOver) {
        // Whatever anybody was shown before this question is the least that this answer may be.
        const floor = highest;
        const version = (await readVersion('a')) ?? 0;
        if (version < floor) throw new Error(`${version} after ${floor}`);
        highest = Math.max(highest, version);
      }
    };
    const writer = async () => {
      for (let version = 2; version <= 300; version += 1) {
        source.set('a', version);
        // As the messages of another service do, some changes tell the cache nothing.
        const { publish } = replicas[version % 3] as (typeof replicas)[number];
        if (version % 2 === 0) {
          await publish(new Map([['a', { version, quantity: version * 10 }]]));
          highest = Math.max(highest, version);
        }
        await jitter();
      }
      isOver = true;
    };
    await Promise.all([writer(), ...replicas.flatMap((cache) => [reader(cache), reader(cache)])]);
    expect(highest).toBe(300);
    expect(replicas.reduce((sum, { counts }) => sum + counts.hit, 0)).toBeGreaterThan(0);
  });
});

describe('while Redis is away', () => {
  it('reads the source at once, and does not go back when Redis returns with the old', async () => {
    const proxy = await createTcpProxy({ target: redisPrefix.url });
    const redis = await connect(proxy.through(redisPrefix.url));
    const source = createSource();
    source.set('a', 1);
    const cache = createCache(redis, source);
    const other = createCache(await connect(), source);
    expect(await other.readVersion('a')).toBe(1);
    await proxy.refuse();
    source.set('a', 2);
    await cache.publish(new Map([['a', { version: 2, quantity: 20 }]]));
    const startedAt = performance.now();
    expect(await cache.readVersion('a')).toBe(2);
    expect(performance.now() - startedAt).toBeLessThan(500);
    await proxy.accept();
    await waitUntil(() => redis.isConnected());
    // In Redis still lies version 1.
    await waitUntil(async () => {
      expect(await cache.readVersion('a')).toBe(2);
      return cache.counts.hit > 0;
    });
    expect(await other.readVersion('a')).toBe(2);
    await redis.close();
    await proxy.close();
  });

  it('waits once for a Redis that hangs, not every time', async () => {
    const proxy = await createTcpProxy({ target: redisPrefix.url });
    const redis = await connect(proxy.through(redisPrefix.url), 100);
    const source = createSource();
    source.set('a', 1);
    const cache = createCache(redis, source);
    await cache.readVersion('a');
    proxy.pause();
    const startedAt = performance.now();
    for (let read = 0; read < 20; read += 1) expect(await cache.readVersion('a')).toBe(1);
    // A hundred milliseconds each would be two seconds.
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(cache.counts.bypassed).toBeGreaterThanOrEqual(19);
    proxy.resume();
    const hitsBefore = cache.counts.hit;
    await waitUntil(async () => {
      await cache.readVersion('a');
      return cache.counts.hit > hitsBefore;
    });
    await redis.close();
    await proxy.close();
  });
});
