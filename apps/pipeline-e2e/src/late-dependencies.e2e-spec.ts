import {
  createEventObserver,
  createRedisPrefix,
  createTcpProxy,
  createTestDatabase,
  createTestVhost,
  type EventObserver,
  type TcpProxy,
} from '@inventory-events/testing';
import { topology } from '@inventory-events/contracts';
import { expectExactly } from './pipeline/expect-exactly';
import { expectAllReady } from './pipeline/open-world';
import { outageLoad } from './pipeline/outage-load';
import {
  APP_NAMES,
  type Pipeline,
  type PipelineServers,
  startPipeline,
} from './pipeline/start-pipeline';
import { storeRules } from './pipeline/store-rules';
import { feedUpdates, waitForUpdateQueues } from './pipeline/update-feed';
import { encodeChange } from './wire/encode-change';

/** The servers run, but their addresses refuse connections until the proxies accept. */
describe('all dependencies away at start', () => {
  const changes = outageLoad(300);
  const cleanUp: (() => Promise<unknown>)[] = [];
  const proxies: TcpProxy[] = [];
  let servers: PipelineServers;
  let pipeline: Pipeline;
  let observer: EventObserver;

  beforeAll(async () => {
    const database = await createTestDatabase();
    const vhost = await createTestVhost();
    const redis = createRedisPrefix();
    cleanUp.push(database.drop, vhost.remove, redis.removeKeys);
    servers = {
      databaseUrl: database.url,
      amqpUrl: vhost.url,
      redisUrl: redis.url,
      redisKeyPrefix: redis.prefix,
    };
    await storeRules(servers.databaseUrl, changes);
  }, 120_000);

  afterAll(async () => {
    await observer?.close();
    await pipeline?.stop();
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await Promise.all(cleanUp.map((clean) => clean()));
  });

  async function behindClosedPort(url: string): Promise<string> {
    const proxy = await createTcpProxy({ target: url });
    await proxy.refuse();
    proxies.push(proxy);
    return proxy.through(url);
  }

  it('are waited for: alive, not ready, and at work when they appear', async () => {
    const { databaseUrl, amqpUrl, redisUrl } = servers;
    pipeline = await startPipeline({
      servers: {
        ...servers,
        databaseUrl: await behindClosedPort(databaseUrl),
        amqpUrl: await behindClosedPort(amqpUrl),
        redisUrl: await behindClosedPort(redisUrl),
      },
      until: 'live',
    });
    const pids = APP_NAMES.map((name) => pipeline.app(name).pid);
    for (const name of APP_NAMES) {
      expect([name, await pipeline.app(name).isReady()]).toEqual([name, false]);
    }
    await Promise.all(proxies.map((proxy) => proxy.accept()));
    await expectAllReady(pipeline);
    expect(APP_NAMES.map((name) => pipeline.app(name).pid)).toEqual(pids);

    observer = await createEventObserver({ amqpUrl, exchange: topology.exchanges.events });
    await waitForUpdateQueues(amqpUrl);
    await feedUpdates(changes.map(encodeChange), { amqpUrl });
    const auditApiUrl = pipeline.app('audit-api').url;
    await expectExactly({ changes, servers, observer, auditApiUrl });
  }, 120_000);
});
