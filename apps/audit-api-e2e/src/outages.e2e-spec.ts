import { randomUUID } from 'node:crypto';
import {
  createTcpProxy,
  serverUrl,
  waitUntil,
  withClient,
  type TcpProxy,
} from '@inventory-events/testing';
import { insertEvent } from './world/insert-events';
import { openStream } from './world/open-stream';
import { startAuditWorld, type AuditWorld } from './world/start-audit-world';

describe('while a server is away', () => {
  let world: AuditWorld | undefined;
  let proxies: Record<'database' | 'amqp' | 'redis', TcpProxy>;

  beforeAll(async () => {
    const [database, amqp, redis] = await Promise.all(
      (['DATABASE_URL', 'AMQP_URL', 'REDIS_URL'] as const).map((variable) =>
        createTcpProxy({ target: serverUrl(variable) }),
      ),
    );
    if (!database || !amqp || !redis) throw new Error('a proxy is missing');
    proxies = { database, amqp, redis };
    world = await startAuditWorld(
      { RATE_LIMIT_PER_MINUTE: '40' },
      {
        DATABASE_URL: (url) => database.through(url),
        AMQP_URL: (url) => amqp.through(url),
        REDIS_URL: (url) => redis.through(url),
      },
    );
  });
  afterAll(async () => {
    await world?.close();
    for (const proxy of Object.values(proxies)) await proxy.close();
  });

  function running(): AuditWorld {
    if (world === undefined) throw new Error('not started');
    return world;
  }
  const get = (path: string, subject = randomUUID()) => running().call(path, { subject });

  it('Redis: limits are counted in memory, nothing else changes', async () => {
    const subject = randomUUID();
    const first = await get('/api/v1/events', subject);
    expect(first.headers['ratelimit']).toMatch(/r=39/);
    await proxies.redis.refuse();
    expect((await get('/api/v1/events', subject)).status).toBe(200);
    expect(await running().app.isReady()).toBe(true);
    const answers = [];
    for (let call = 0; call < 45; call += 1) answers.push(await get('/api/v1/events', subject));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers['content-type']).toBe('application/problem+json');
    expect(refused[0]?.json).toMatchObject({ code: 'RATE_LIMITED' });
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    await proxies.redis.accept();
  });

  it('RabbitMQ: dead letters answer 503, the rest is served', async () => {
    await waitUntil(async () => (await get('/api/v1/dead-letters')).status === 200);
    await proxies.amqp.refuse();
    await waitUntil(async () => (await get('/api/v1/dead-letters')).status === 503);
    const away = await get('/api/v1/dead-letters');
    expect(away.json).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(away.headers['retry-after']).toBe('1');
    expect((await get('/api/v1/events')).status).toBe(200);
    expect(await running().app.isReady()).toBe(true);
    await proxies.amqp.accept();
    await waitUntil(async () => (await get('/api/v1/dead-letters')).status === 200);
  });

  it('PostgreSQL: 503 and not ready, then served again, and the stream goes on', async () => {
    const stream = await openStream(running().app.url, { claims: { roles: ['viewer'] } });
    const insert = () => withClient(running().databaseUrl, (client) => insertEvent(client));
    await waitUntil(async () => {
      await insert();
      return stream.events.length > 0;
    });
    await proxies.database.refuse();
    const away = await get('/api/v1/events');
    expect([away.status, away.headers['content-type']]).toEqual([503, 'application/problem+json']);
    expect(away.text).not.toMatch(/127\.0\.0\.1|ECONN/);
    await waitUntil(async () => !(await running().app.isReady()));
    const missed = await insert();
    await proxies.database.accept();
    await waitUntil(() => running().app.isReady());
    expect((await get('/api/v1/events')).status).toBe(200);
    await waitUntil(() => stream.events.some((event) => event.data.id === missed));
    stream.close();
  });
});
