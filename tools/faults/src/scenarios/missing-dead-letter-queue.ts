import { topology } from '@inventory-events/contracts';
import { createWorkload } from '../workload/create-workload';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import type { Scenario } from './scenario';

/** Somebody deletes the queue for refused messages just before one has to go there. */
export const missingDeadLetterQueue: Scenario = {
  name: 'missing dead-letter queue',
  story: 'the dead-letter queue is deleted before messages are refused',
  points: [],
  async play(world, seed) {
    await waitUntilReady(await world.start('ingest-worker'), await world.start('outbox-relay'));
    await world.broker.use((channel) => channel.deleteQueue(topology.queues.updatesDeadLetters));
    const { opening, middle } = createWorkload({ seed });
    await world.sender.send([...opening, ...middle]);
    return { rest: await waitForRest(world) };
  },
};
