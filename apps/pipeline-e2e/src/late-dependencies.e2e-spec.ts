import { type PrivateServers, startPrivateServers } from '@inventory-events/testing';
import { expectExactly } from './pipeline/expect-exactly';
import { migrate } from './pipeline/migrate';
import { expectAllReady, observeEvents } from './pipeline/open-world';
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

const SERVERS = ['postgres', 'rabbitmq', 'redis'] as const;

describe('all dependencies away at start', () => {
  const changes = outageLoad(300);
  let own: PrivateServers;
  let servers: PipelineServers;
  let pipeline: Pipeline;

  beforeAll(async () => {
    own = await startPrivateServers(SERVERS);
    servers = {
      databaseUrl: own.env.DATABASE_URL ?? '',
      amqpUrl: own.env.AMQP_URL ?? '',
      redisUrl: own.env.REDIS_URL ?? '',
    };
    await migrate(servers.databaseUrl);
    await storeRules(servers.databaseUrl, changes);
    await Promise.all(SERVERS.map((name) => own.server(name).stop()));
  }, 90_000);

  afterAll(async () => {
    await pipeline?.stop();
    await own?.close();
  });

  it('are waited for: alive, not ready, and at work when they appear', async () => {
    pipeline = await startPipeline({ servers, until: 'live' });
    for (const name of ['ingest-worker', 'outbox-relay'] as const) {
      expect([name, await pipeline.app(name).isReady()]).toEqual([name, false]);
    }
    await Promise.all(SERVERS.map((name) => own.server(name).start()));
    await expectAllReady(pipeline);
    for (const name of APP_NAMES) expect(pipeline.app(name).isRunning()).toBe(true);

    const observer = await observeEvents(servers);
    try {
      await waitForUpdateQueues(servers.amqpUrl);
      await feedUpdates(changes.map(encodeChange), { amqpUrl: servers.amqpUrl });
      const auditApiUrl = pipeline.app('audit-api').url;
      await expectExactly({ changes, servers, observer, auditApiUrl });
    } finally {
      await observer.close();
    }
  }, 90_000);
});
