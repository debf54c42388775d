import { waitUntil } from '@inventory-events/testing';
import { createWorkload } from '../workload/create-workload';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import type { Scenario } from './scenario';

/** The session through which the relay is told of new events ends, and nobody says so. */
export const deafRelay: Scenario = {
  name: 'deaf relay',
  story: 'the session by which the relay is notified is ended',
  points: [],
  async play(world, seed) {
    await waitUntilReady(await world.start('ingest-worker'), await world.start('outbox-relay'));
    const { opening, middle } = createWorkload({ seed });
    await world.sender.send(opening);
    await waitForRest(world);
    await waitUntil(async () => {
      const { rowCount } = await world.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'outbox-relay listener'`,
      );
      return rowCount;
    });
    await world.sender.send(middle);
    return { rest: await waitForRest(world) };
  },
};
