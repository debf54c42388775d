import { type PrivateServers, startPrivateServers } from '@inventory-events/testing';
import { expectExactly } from './pipeline/expect-exactly';
import { expectAllReady, openWorld, type World } from './pipeline/open-world';
import { outageLoad } from './pipeline/outage-load';
import { waitForProcessed } from './pipeline/progress';
import { get } from './pipeline/read-audit-api';
import { feedUpdates } from './pipeline/update-feed';
import { encodeChange } from './wire/encode-change';

describe('Redis away under load', () => {
  const changes = outageLoad(500);
  let own: PrivateServers;
  let world: World;

  beforeAll(async () => {
    own = await startPrivateServers(['redis']);
    world = await openWorld({ changes, own: { redisUrl: own.env.REDIS_URL ?? '' } });
  }, 120_000);

  afterAll(async () => {
    await world?.close();
    await own?.close();
  });

  it('stops neither the pipeline nor an audit', async () => {
    const { servers, observer, pipeline } = world;
    const { amqpUrl, databaseUrl } = servers;
    const auditApiUrl = pipeline.app('audit-api').url;
    const feed = feedUpdates(changes.map(encodeChange), { amqpUrl, perSecond: 400 });
    await waitForProcessed(databaseUrl, changes.length / 4);
    await own.server('redis').kill();
    await feed;
    await expectExactly({ changes, servers, observer, auditApiUrl });
    await expect(get(`${auditApiUrl}/api/v1/events?limit=1`)).resolves.toHaveProperty('items');
    await own.server('redis').start();
    await expectAllReady(pipeline);
  }, 120_000);
});
