import { watchFault } from '../cases/watch-fault';
import { createTwoLaneLoad } from '../workload/create-two-lane-load';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import { waitUntilShared } from '../world/wait-until-shared';
import type { Scenario } from './scenario';

const fault = { point: 'ledger.before-commit', action: 'pause', hit: 0 } as const;
const PAUSE_MS = 3_000;

/** A transaction has drawn its positions and commits when others have been published long since. */
export const lateCommit: Scenario = {
  name: 'late commit',
  story: 'a worker stops for seconds before a COMMIT, another one goes on with other items',
  points: [fault.point],
  world: { partitions: 1 },
  async play(world, seed) {
    const worker = await world.start('ingest-worker', { fault });
    const others = [await world.start('ingest-worker'), await world.start('outbox-relay')];
    await waitUntilReady(worker, ...others);
    await waitUntilShared(world, 'ingest-worker');
    const watch = watchFault(worker, fault, PAUSE_MS);
    try {
      const operations = createTwoLaneLoad(seed).filter(
        (update) => !update.lane.startsWith('both'),
      );
      const perRoute = separated(operations);
      await world.sender.send(perRoute.slice(0, 20));
      await waitForRest(world);
      await worker.control.arm(1);
      await world.sender.send(perRoute.slice(20), { perSecond: 100 });
      const sentAt = performance.now();
      const rest = await waitForRest(world);
      watch.rested(rest.isComplete, sentAt);
      return { rest, recoveries: watch.recoveries() };
    } finally {
      watch.end();
    }
  },
};

/** An item goes one way only, or the one worker would wait for the other's lock. */
function separated(operations: ReturnType<typeof createTwoLaneLoad>) {
  const products = [...new Set(operations.map((update) => update.item.productId))];
  return operations.filter((update) => {
    const isFirst = products.indexOf(update.item.productId) === 0;
    return isFirst === (update.lane === 'queue');
  });
}
