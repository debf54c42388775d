import {
  type PlannedFault,
  runStandardLoad,
  STANDARD_ENV,
  STANDARD_PARTITIONS,
} from '../cases/standard-load';
import { createWorkload } from '../workload/create-workload';
import type { Scenario } from './scenario';

const world = { partitions: STANDARD_PARTITIONS, env: STANDARD_ENV };

/** The standard load as it is: repetitions, stale and malformed messages, two workers. */
export const undisturbed: Scenario = {
  name: 'undisturbed',
  story: 'the standard load, nothing fails',
  points: [],
  world,
  play: (world, seed) => play(world, seed, undefined),
};

export const killedBeforeCommit = killed('before');
export const killedAfterCommit = killed('after');

/** At the fourth batch, when there are events to tell and more of the same items is waiting. */
function killed(place: 'before' | 'after'): Scenario {
  const fault = { point: `ledger.${place}-commit`, action: 'kill', hit: 4 } as const;
  return {
    name: `killed ${place} COMMIT`,
    story: `the standard load; a worker is killed ${place} its fourth COMMIT`,
    points: [fault.point],
    world,
    play: (world, seed) => play(world, seed, fault),
  };
}

function play(
  world: Parameters<Scenario['play']>[0],
  seed: number,
  fault: PlannedFault | undefined,
) {
  const workload = createWorkload({ seed, routes: 'mixed' });
  return runStandardLoad(world, { workload, subject: 'ingest-worker', fault });
}
