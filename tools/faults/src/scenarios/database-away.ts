import { createTcpProxy } from '@inventory-events/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { createWorkload } from '../workload/create-workload';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import type { Scenario } from './scenario';

const OUTAGE_MS = 6_000;

/** The database can't be reached for longer than a message would be tried. */
export const databaseAway: Scenario = {
  name: 'database away',
  story: 'the workers reach no database for seconds, with messages in their hands',
  points: [],
  world: { env: { BATCH_SIZE: '1', MAX_ATTEMPTS: '2' } },
  async play(world, seed) {
    const proxy = await createTcpProxy({ target: world.databaseUrl });
    try {
      const DATABASE_URL = proxy.through(world.databaseUrl);
      const worker = await world.start('ingest-worker', { env: { DATABASE_URL } });
      await waitUntilReady(worker, await world.start('outbox-relay'));
      const { opening } = createWorkload({ seed });
      await world.sender.send(opening);
      await proxy.refuse();
      await delay(OUTAGE_MS);
      await proxy.accept();
      return { rest: await waitForRest(world) };
    } finally {
      await proxy.close();
    }
  },
};
