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

export const killedBeforeCommit = crash('kill', 'ledger.before-commit', 'is killed before');
export const killedAfterCommit = crash('kill', 'ledger.after-commit', 'is killed after');
export const failedBatch: Scenario = {
  ...crash('throw', 'ledger.before-writes', 'fails to write before'),
  world: { ...world, env: { ...STANDARD_ENV, BATCH_SIZE: '20' } },
};

/** At the second batch, when more of the same items is waiting. */
function crash(action: PlannedFault['action'], point: string, what: string): Scenario {
  const fault = { point, action, hit: 2 };
  return {
    name: `${action} at ${point}`,
    story: `the standard load; a worker ${what} its second COMMIT`,
    points: [point],
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
