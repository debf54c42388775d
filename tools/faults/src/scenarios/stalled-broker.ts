import { createTcpProxy } from '@inventory-events/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { createWorkload } from '../workload/create-workload';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import type { Scenario } from './scenario';

/** Longer than a relay takes to delete what it believes to be published. */
const STALL_MS = 1_500;

/** What the relay sends reaches nobody, and then both the connection and the relay are gone. */
export const stalledBroker: Scenario = {
  name: 'stalled broker',
  story:
    'the network takes what the relay publishes, delivers nothing and breaks, the relay with it',
  points: [],
  async play(world, seed) {
    const proxy = await createTcpProxy({ target: world.amqpUrl });
    try {
      const AMQP_URL = proxy.through(world.amqpUrl);
      const relay = await world.start('outbox-relay', { env: { AMQP_URL } });
      await waitUntilReady(relay, await world.start('ingest-worker'));
      const { opening, middle } = createWorkload({ seed });
      await world.sender.send(opening);
      await waitForRest(world);
      proxy.pause();
      await world.sender.send(middle);
      await waitForRest(world, { until: 'processed' });
      await delay(STALL_MS);
      relay.signal('SIGKILL');
      proxy.cut();
      proxy.resume();
      return { rest: await waitForRest(world) };
    } finally {
      await proxy.close();
    }
  },
};
