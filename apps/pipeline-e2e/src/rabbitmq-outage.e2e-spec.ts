import { type PrivateServers, startPrivateServers } from '@inventory-events/testing';
import { expectExactly } from './pipeline/expect-exactly';
import { expectAllReady, openWorld, type World } from './pipeline/open-world';
import { outageLoad } from './pipeline/outage-load';
import { waitForProcessed } from './pipeline/progress';
import { feedUpdates } from './pipeline/update-feed';
import { encodeChange } from './wire/encode-change';

describe('RabbitMQ restarted under load', () => {
  const changes = outageLoad();
  let own: PrivateServers;
  let world: World;

  beforeAll(async () => {
    own = await startPrivateServers(['rabbitmq']);
    world = await openWorld({ changes, own: { amqpUrl: own.env.AMQP_URL ?? '' } });
  }, 120_000);

  afterAll(async () => {
    await world?.close();
    await own?.close();
  });

  it('is waited for, and what it had not confirmed is published again', async () => {
    const { servers, observer, pipeline } = world;
    const { amqpUrl, databaseUrl } = servers;
    const feed = feedUpdates(changes.map(encodeChange), { amqpUrl, perSecond: 600 });
    await waitForProcessed(databaseUrl, changes.length / 3);
    await own.server('rabbitmq').restart();
    await feed;
    await expectAllReady(pipeline);
    const auditApiUrl = pipeline.app('audit-api').url;
    await expectExactly({ changes, servers, observer, auditApiUrl });
  }, 120_000);
});
