import { expectExactly } from './pipeline/expect-exactly';
import { openWorld, type World } from './pipeline/open-world';
import { outageLoad } from './pipeline/outage-load';
import { waitForProcessed } from './pipeline/progress';
import { APP_NAMES } from './pipeline/start-pipeline';
import { feedUpdates } from './pipeline/update-feed';
import { encodeChange } from './wire/encode-change';

describe('SIGTERM under load', () => {
  const changes = outageLoad();
  let world: World;

  beforeAll(async () => {
    world = await openWorld({ changes });
  }, 120_000);

  afterAll(() => world?.close());

  it('ends every app in order with code 0 and loses nothing', async () => {
    const { servers, observer, pipeline } = world;
    const { amqpUrl, databaseUrl } = servers;
    const feed = feedUpdates(changes.map(encodeChange), { amqpUrl, perSecond: 400 });
    for (const [index, name] of APP_NAMES.entries()) {
      await waitForProcessed(databaseUrl, (changes.length * (index + 1)) / 5);
      expect([name, await pipeline.stopAndReplace(name)]).toEqual([name, 0]);
    }
    await feed;
    const auditApiUrl = pipeline.app('audit-api').url;
    const journal = await expectExactly({ changes, servers, observer, auditApiUrl });
    // An orderly end drains what is in flight: nothing has to be published again.
    expect(journal.repeated).toBe(0);
  }, 120_000);
});
