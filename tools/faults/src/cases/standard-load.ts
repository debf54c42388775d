import type { AppName } from '../build/app-name';
import type { Recovery } from '../record/history';
import type { FaultOrder } from '../world/fault-order';
import type { StartedApp, World } from '../world/open-world';
import { keepItems } from '../world/keep-items';
import { type Rest, waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import type { Operation } from '../workload/operation';
import type { Workload } from '../workload/create-workload';
import { type FaultWatch, PAUSE_MS, watchFault } from './watch-fault';

/**
 * A fault in one replica of an app. `lastHits`: it is meant for the finale, at the n-th hit from its
 * beginning on.
 */
export interface PlannedFault extends FaultOrder {
  readonly lastHits?: number;
}

export interface StandardLoad {
  readonly workload: Workload;
  /** The app of which two replicas run; the fault is in the first. */
  readonly subject: AppName;
  /** Undefined: the hits of the first replica are counted. */
  readonly fault: PlannedFault | undefined;
}

export interface LoadOutcome {
  readonly rest: Rest;
  readonly hasFired: boolean;
  readonly recoveries: readonly Recovery[];
  /** Of the first replica, where nothing was to happen. */
  readonly hitsBeforeFinale: ReadonlyMap<string, number>;
  readonly hits: ReadonlyMap<string, number>;
}

/** How small an event must be for these relays, and how soon they give a larger one up. */
export const STANDARD_ENV = {
  RELAY_MAX_MESSAGE_BYTES: '1024',
  RELAY_MAX_ATTEMPTS: '3',
  RELAY_RETRY_INITIAL_MS: '50',
  RELAY_RETRY_MAX_MS: '200',
  RELAY_LEASE_POLL_MS: '200',
  RELAY_POLL_MS: '500',
} as const;

export const STANDARD_PARTITIONS = 3;
/** A relay that is meant to fail may fail before it has worked off its backlog. */
const BACKLOG_STALL_MS = 2_000;

/**
 * The load under which every point is passed. Two replicas of the subject start one after the
 * other, so that they share anew; a relay finds a backlog when it starts.
 */
export async function runStandardLoad(
  world: World,
  { workload, subject, fault }: StandardLoad,
): Promise<LoadOutcome> {
  const isWorker = subject === 'ingest-worker';
  await keepItems(world, workload.finaleItems);
  const other = await world.start(isWorker ? 'outbox-relay' : 'ingest-worker');
  if (!isWorker) await handleOpening(world, other, workload.opening);
  const first = await world.start(subject, { fault: fault ?? 'trace' });
  const watch = watchFault(first, fault, PAUSE_MS[subject]);
  try {
    if (isWorker) {
      await waitUntilReady(first);
      await world.sender.send(workload.opening);
    } else {
      await waitForRest(world, { stallMs: BACKLOG_STALL_MS });
    }
    await world.start(subject);
    return await sendTheRest({ world, workload, first, fault, watch });
  } finally {
    watch.end();
  }
}

interface RunningLoad {
  readonly world: World;
  readonly workload: Workload;
  readonly first: StartedApp;
  readonly fault: PlannedFault | undefined;
  readonly watch: FaultWatch;
}

async function sendTheRest({ world, workload, first, fault, watch }: RunningLoad) {
  const { middle, finale, epilogue } = workload;
  const { control } = first;
  const settle = async (): Promise<Rest> => {
    const sentAt = performance.now();
    const rest = await waitForRest(world);
    watch.rested(rest.isComplete, sentAt);
    return rest;
  };
  let rest = await settle();
  const send = async (waves: readonly (readonly Operation[])[]): Promise<void> => {
    for (const wave of waves) {
      if (!rest.isComplete) return; // it would only be waited for in vain again
      await world.sender.send(wave);
      rest = await settle();
    }
  };
  await send([middle]);
  const hitsBeforeFinale = await control.countHits();
  if (fault?.lastHits !== undefined) await control.arm(fault.lastHits);
  await send(finale.map((operation) => [operation]));
  const hits = await control.countHits();
  if (fault !== undefined && !control.hasFired()) {
    await control.arm(1);
    await send(epilogue.map((operation) => [operation]));
  }
  const hasFired = control.hasFired();
  return { rest, hasFired, recoveries: watch.recoveries(), hitsBeforeFinale, hits };
}

async function handleOpening(
  world: World,
  worker: StartedApp,
  opening: readonly Operation[],
): Promise<void> {
  await waitUntilReady(worker);
  await world.sender.send(opening);
  await waitForRest(world, { until: 'processed' });
}
