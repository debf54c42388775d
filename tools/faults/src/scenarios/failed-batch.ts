import { createWorkload } from '../workload/create-workload';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import type { Scenario } from './scenario';

const fault = { point: 'ledger.before-writes', action: 'throw', hit: 3 } as const;

/** A small batch fails while more about the same items has been delivered already. */
export const failedBatch: Scenario = {
  name: 'failed batch',
  story: 'the third batch of a queue fails once, with more about its items behind it',
  points: [fault.point],
  world: { env: { BATCH_SIZE: '5' } },
  async play(world, seed) {
    const worker = await world.start('ingest-worker', { fault });
    await waitUntilReady(worker, await world.start('outbox-relay'));
    await world.sender.send(createWorkload({ seed }).opening);
    return { rest: await waitForRest(world) };
  },
};
