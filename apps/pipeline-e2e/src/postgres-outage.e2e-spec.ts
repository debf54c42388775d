import { type PrivateServers, startPrivateServers } from '@inventory-events/testing';
import { expectExactly } from './pipeline/expect-exactly';
import { migrate } from './pipeline/migrate';
import { expectAllReady, openWorld, type World } from './pipeline/open-world';
import { outageLoad } from './pipeline/outage-load';
import { waitForProcessed } from './pipeline/progress';
import { feedUpdates } from './pipeline/update-feed';
import { encodeChange } from './wire/encode-change';

describe('PostgreSQL restarted under load', () => {
  const changes = outageLoad();
  let own: PrivateServers;
  let world: World;

  beforeAll(async () => {
    own = await startPrivateServers(['postgres']);
    const databaseUrl = own.env.DATABASE_URL ?? '';
    await migrate(databaseUrl);
    world = await openWorld({ changes, own: { databaseUrl } });
  }, 120_000);

  afterAll(async () => {
    await world?.close();
    await own?.close();
  });

  it('is waited for, whether it stopped in order or crashed', async () => {
    const { servers, observer, pipeline } = world;
    const { amqpUrl, databaseUrl } = servers;
    const feed = feedUpdates(changes.map(encodeChange), { amqpUrl, perSecond: 400 });
    await waitForProcessed(databaseUrl, changes.length / 4);
    await own.server('postgres').restart();
    await waitForProcessed(databaseUrl, changes.length / 2);
    await own.server('postgres').restart({ immediate: true });
    await feed;
    await expectAllReady(pipeline);
    const auditApiUrl = pipeline.app('audit-api').url;
    await expectExactly({ changes, servers, observer, auditApiUrl });
  }, 120_000);
});
