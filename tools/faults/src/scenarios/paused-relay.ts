import { watchFault } from '../cases/watch-fault';
import { createWorkload } from '../workload/create-workload';
import type { StartedApp, World } from '../world/open-world';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import { waitUntilShared } from '../world/wait-until-shared';
import type { Scenario } from './scenario';

const fault = { point: 'relay.before-publish', action: 'pause', hit: 20 } as const;
const PAUSE_MS = 2_500;
const env = {
  RELAY_LEASE_POLL_MS: '200',
  RELAY_BATCH_SIZE: '5',
  RELAY_BUFFER_EVENTS: '20',
} as const;

/** One of two relays stops with events in its hands, and goes on when the other has long begun. */
export const pausedRelay: Scenario = {
  name: 'paused relay',
  story: 'one of two relays stops for seconds with events in its hands',
  points: [fault.point],
  world: { env },
  async play(world, seed) {
    const relay = await startTwoRelays(world);
    const watch = watchFault(relay, fault, PAUSE_MS);
    try {
      const { opening, middle } = createWorkload({ seed });
      await world.sender.send([...opening, ...middle], { perSecond: 400 });
      const sentAt = performance.now();
      const rest = await waitForRest(world);
      watch.rested(rest.isComplete, sentAt);
      return { rest, recoveries: watch.recoveries() };
    } finally {
      watch.end();
    }
  },
};

/** As long as nobody wakes it, the other relay has to do its work. */
const SILENCE_MS = 9_000;
const TAKEOVER_LIMIT_MS = 6_000;

/** A relay is there and does nothing. */
export const silentRelay: Scenario = {
  name: 'silent relay',
  story: 'one of two relays is stopped and stays so: the other one takes its work over in seconds',
  points: [fault.point],
  world: { env },
  async play(world, seed) {
    const relay = await startTwoRelays(world);
    const watch = watchFault(relay, fault, SILENCE_MS);
    try {
      const { opening, middle } = createWorkload({ seed });
      await world.sender.send([...opening, ...middle], { perSecond: 400 });
      const startedAt = performance.now();
      const taken = await waitForRest(world, { until: 'published', stallMs: 2 * SILENCE_MS });
      const tookMs = taken.isComplete ? performance.now() - startedAt : Infinity;
      const rest = await waitForRest(world);
      const recovery = { fault: 'a silent relay', tookMs, limitMs: TAKEOVER_LIMIT_MS };
      return { rest, recoveries: [recovery] };
    } finally {
      watch.end();
    }
  },
};

async function startTwoRelays(world: World): Promise<StartedApp> {
  const relay = await world.start('outbox-relay', { fault });
  const others = [await world.start('outbox-relay'), await world.start('ingest-worker')];
  await waitUntilReady(relay, ...others);
  await waitUntilShared(world, 'outbox-relay');
  return relay;
}
