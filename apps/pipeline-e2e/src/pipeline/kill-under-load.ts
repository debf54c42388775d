import { encodeChange } from '../wire/encode-change';
import { expectExactly } from './expect-exactly';
import { openWorld } from './open-world';
import { outageLoad } from './outage-load';
import { waitForProcessed } from './progress';
import type { AppName } from './start-pipeline';
import { feedUpdates } from './update-feed';

interface Killing {
  victims: readonly AppName[];
  partitions: number;
  kills?: number;
}

/** SIGKILLs apps again and again while updates come in, and expects that nobody can tell. */
export async function killUnderLoad({ victims, partitions, kills = 4 }: Killing): Promise<void> {
  const changes = outageLoad();
  const world = await openWorld({ changes, partitions });
  try {
    const { servers, observer, pipeline } = world;
    const { amqpUrl, databaseUrl } = servers;
    const messages = changes.map(encodeChange);
    const feed = feedUpdates(messages, { amqpUrl, partitions, perSecond: 400 });
    for (let kill = 1; kill <= kills; kill += 1) {
      await waitForProcessed(databaseUrl, (changes.length * kill) / (kills + 2));
      await Promise.all(victims.map((victim) => pipeline.killAndReplace(victim)));
    }
    await feed;
    const auditApiUrl = pipeline.app('audit-api').url;
    await expectExactly({ changes, servers, observer, auditApiUrl });
  } finally {
    await world.close();
  }
}
