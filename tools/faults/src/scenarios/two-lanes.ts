import { createTwoLaneLoad } from '../workload/create-two-lane-load';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import { waitUntilShared } from '../world/wait-until-shared';
import type { Scenario } from './scenario';

const fault = { point: 'ledger.before-writes', action: 'slow', hit: 0 } as const;

/** Two workers at the same items at the same time; each is slow between its reads and its writes. */
export const twoLanes: Scenario = {
  name: 'two lanes',
  story: 'the same items come through two queues to two workers, slow between reading and writing',
  points: [fault.point],
  world: { partitions: 1, env: { BATCH_SIZE: '8' } },
  async play(world, seed) {
    const apps = await Promise.all([
      world.start('ingest-worker', { fault }),
      world.start('ingest-worker', { fault }),
      world.start('outbox-relay'),
    ]);
    await waitUntilReady(...apps);
    await waitUntilShared(world, 'ingest-worker');
    const operations = createTwoLaneLoad(seed);
    // Alone first, so that the rows of the items are there.
    await world.sender.send(operations.slice(0, 20));
    await waitForRest(world);
    await world.sender.send(operations.slice(20));
    return { rest: await waitForRest(world) };
  },
};
