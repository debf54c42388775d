import { bindingKeys, topology } from '@inventory-events/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { createWorkload } from '../workload/create-workload';
import type { World } from '../world/open-world';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import type { Scenario } from './scenario';

/** Longer than a relay takes to give up what it does not try again. */
const UNBOUND_MS = 1_500;
/** Tried again for as long as it takes. */
const env = {
  RELAY_MAX_ATTEMPTS: '1000',
  RELAY_RETRY_INITIAL_MS: '50',
  RELAY_RETRY_MAX_MS: '300',
} as const;

/** For a while no queue is bound for any event, and the exchange has no alternate. */
export const unroutable = whileUnbound(
  'unroutable',
  'no queue is bound for events for a while',
  [],
);

/** For a while no queue is bound for one type of event. */
export const partlyUnroutable = whileUnbound(
  'partly unroutable',
  'no queue is bound for one type of event for a while',
  [
    'inventory.stock.status.changed',
    'inventory.stock.low_threshold_reached',
    bindingKeys.thresholdEvents,
    bindingKeys.reservationEvents,
  ],
);

function whileUnbound(name: string, story: string, stillBound: readonly string[]): Scenario {
  return {
    name,
    story,
    points: [],
    world: { hasAlternateExchange: false, env },
    async play(world, seed) {
      const apps = [await world.start('outbox-relay'), await world.start('ingest-worker')];
      await waitUntilReady(...apps);
      const { opening, middle } = createWorkload({ seed });
      await world.sender.send(opening);
      await waitForRest(world);
      await bind(world, stillBound);
      await unbind(world, ['#']);
      await world.sender.send(middle);
      await waitForRest(world, { until: 'processed' });
      await delay(UNBOUND_MS);
      await bind(world, ['#']);
      await unbind(world, stillBound);
      return { rest: await waitForRest(world) };
    },
  };
}

function bind({ broker, observer }: World, keys: readonly string[]): Promise<void> {
  return broker.use(async (channel) => {
    for (const key of keys) {
      await channel.bindQueue(observer.queue, topology.exchanges.events, key);
    }
  });
}

function unbind({ broker, observer }: World, keys: readonly string[]): Promise<void> {
  return broker.use(async (channel) => {
    for (const key of keys) {
      await channel.unbindQueue(observer.queue, topology.exchanges.events, key);
    }
  });
}
