import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createTcpProxy, waitUntil } from '@inventory-events/testing';
import type { Options } from 'express-rate-limit';
import { pino } from 'pino';
import { createRateLimitStore } from './create-rate-limit-store';
import { createRedis, type RedisConnection } from './create-redis';

const logger = pino({ level: 'silent' });
const redisUrl = process.env['REDIS_URL'] ?? '';

/** Stands between client and server, so that the server can be "away" for one test alone. */
async function startGate() {
  const target = new URL(redisUrl);
  const sockets = new Set<Socket>();
  const server: Server = createServer((inner) => {
    const outer = connect(Number(target.port || 6379), target.hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    inner.pipe(outer).pipe(inner);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(redisUrl);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    async shut() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    async open() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

async function ready({ client }: RedisConnection): Promise<void> {
  if (client.status !== 'ready') await once(client, 'ready');
}

describe('createRedis', () => {
  it('connects in the background and fails fast while the server is away', async () => {
    const redis = createRedis({ url: 'redis://127.0.0.1:1', name: 'test', logger });
    const startedAt = performance.now();
    await redis.start();
    await expect(redis.client.get('x')).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(redis.isConnected()).toBe(false);
    await redis.close();
    await redis.close();
  });

  it('comes back by itself', async () => {
    const gate = await startGate();
    const redis = createRedis({ url: gate.url, name: 'test', logger });
    await redis.start();
    await ready(redis);
    await expect(redis.client.ping()).resolves.toBe('PONG');
    await gate.shut();
    await expect(redis.client.ping()).rejects.toThrow();
    await gate.open();
    await ready(redis);
    await expect(redis.client.ping()).resolves.toBe('PONG');
    await redis.close();
    await gate.shut();
  });
});

describe('createRateLimitStore', () => {
  const settings = { windowMs: 60_000 } as Options;

  async function startReplicas(limit = 100) {
    const prefix = `test:${randomUUID()}:`;
    const replicas = [1, 2].map(() => createRedis({ url: redisUrl, name: 'test', logger }));
    const stores = replicas.map((redis) => createRateLimitStore({ redis, prefix, logger }));
    for (const redis of replicas) {
      await redis.start();
      await ready(redis);
    }
    for (const store of stores) await store.init?.({ ...settings, limit });
    return { replicas, stores };
  }

  it('shares one count among replicas', async () => {
    const { replicas, stores } = await startReplicas();
    const hits: number[] = [];
    for (const store of stores) hits.push((await store.increment('key')).totalHits);
    expect(hits).toEqual([1, 2]);
    await stores[0]?.resetKey('key');
    for (const redis of replicas) await redis.close();
  });

  it('tells each of many hits at once its own place', async () => {
    const { replicas, stores } = await startReplicas();
    const rounds = Array.from({ length: 50 }, () => stores.map((store) => store.increment('key')));
    const answers = await Promise.all(rounds.flat());
    const places = answers.map(({ totalHits }) => totalHits).sort((a, b) => a - b);
    expect(places).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    await stores[0]?.decrement('key');
    expect((await stores[1]?.increment('key'))?.totalHits).toBe(100);
    await stores[0]?.resetKey('key');
    for (const redis of replicas) await redis.close();
  });

  it('lets each replica count a hundredth of a limit by itself, and none beyond the limit', async () => {
    const { replicas, stores } = await startReplicas(1_000);
    const [one, other] = stores;
    const count = async (store = one) => (await store?.increment('key'))?.totalHits;
    expect([await count(), await count(), await count()]).toEqual([1, 2, 3]);
    expect(await count(other)).toBe(11);
    for (let hit = 4; hit <= 10; hit += 1) expect(await count()).toBe(hit);
    // Its share is used up, and what the other took counts.
    expect(await count()).toBe(21);
    expect(await Promise.all([count(), count(), count()])).toEqual([22, 23, 24]);
    // More at once than a share has left.
    const places = await Promise.all(Array.from({ length: 40 }, () => count()));
    expect(new Set(places).size).toBe(40);
    await one?.resetKey('key');
    expect(await count()).toBe(1);
    await one?.resetKey('key');
    for (const redis of replicas) await redis.close();
  });

  it('begins anew when the window is over', async () => {
    const redis = createRedis({ url: redisUrl, name: 'test', logger });
    const store = createRateLimitStore({ redis, prefix: `test:${randomUUID()}:`, logger });
    await redis.start();
    await ready(redis);
    await store.init?.({ windowMs: 150 } as Options);
    const first = await store.increment('key');
    expect(first.resetTime?.getTime()).toBeLessThanOrEqual(Date.now() + 150);
    await waitUntil(async () => (await store.increment('key')).totalHits === 1);
    await store.resetKey('key');
    await redis.close();
  });

  it('counts in memory while Redis is away, and in Redis again afterwards', async () => {
    const gate = await startGate();
    await gate.shut();
    const prefix = `test:${randomUUID()}:`;
    const redis = createRedis({ url: gate.url, name: 'test', logger });
    const store = createRateLimitStore({ redis, prefix, logger });
    await redis.start();
    await store.init?.(settings);
    expect((await store.increment('key')).totalHits).toBe(1);
    expect((await store.increment('key')).totalHits).toBe(2);
    await gate.open();
    await ready(redis);
    expect((await store.increment('key')).totalHits).toBe(1);
    await gate.shut();
    expect((await store.increment('key')).totalHits).toBe(3);
    await gate.open();
    await ready(redis);
    expect((await store.increment('key')).totalHits).toBe(2);
    await store.resetKey('key');
    await redis.close();
    await gate.shut();
    await store.shutdown?.();
  });

  it('waits once for a Redis that hangs, not for every request', async () => {
    const proxy = await createTcpProxy({ target: redisUrl });
    const url = proxy.through(redisUrl);
    const redis = createRedis({ url, name: 'test', logger, commandTimeoutMs: 100 });
    const store = createRateLimitStore({ redis, prefix: `test:${randomUUID()}:`, logger });
    await redis.start();
    await ready(redis);
    await store.init?.(settings);
    await store.increment('key');
    proxy.pause();
    const startedAt = performance.now();
    for (let request = 1; request <= 20; request += 1) {
      expect((await store.increment('key')).totalHits).toBe(request);
    }
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    proxy.resume();
    await store.resetKey('key');
    await redis.close();
    await proxy.close();
    await store.shutdown?.();
  });
});
