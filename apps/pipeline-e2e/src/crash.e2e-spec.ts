import { expectExactly } from './pipeline/expect-exactly';
import { openWorld, type World } from './pipeline/open-world';
import { outageLoad } from './pipeline/outage-load';
import { waitForProcessed } from './pipeline/progress';
import type { AppName } from './pipeline/start-pipeline';
import { feedUpdates } from './pipeline/update-feed';
import { encodeChange } from './wire/encode-change';

const KILLS = 12;

describe.each<[AppName[], number]>([
  [['ingest-worker'], 0],
  [['outbox-relay'], 0],
  [['ingest-worker', 'outbox-relay'], 4],
])('SIGKILL of %j under load (%i partitions)', (victims, partitions) => {
  const changes = outageLoad();
  let world: World;

  beforeAll(async () => {
    world = await openWorld({ changes, partitions });
  }, 60_000);

  afterAll(() => world?.close());

  it('loses nothing and does nothing twice', async () => {
    const { servers, observer, pipeline } = world;
    const feed = feedUpdates(changes.map(encodeChange), {
      amqpUrl: servers.amqpUrl,
      partitions,
      perSecond: 200,
    });
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await waitForProcessed(servers.databaseUrl, (changes.length * kill) / (KILLS + 2));
      await Promise.all(victims.map((victim) => pipeline.killAndReplace(victim)));
    }
    await feed;
    const auditApiUrl = pipeline.app('audit-api').url;
    await expectExactly({ changes, servers, observer, auditApiUrl });
  }, 60_000);
});
