import type { AppName } from '../build/app-name';
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
  play: (world, seed) => play(world, seed, 'ingest-worker', undefined),
};

export const killedBeforeCommit = crash('ingest-worker', 'ledger.before-commit', 'kill', 2);
export const killedAfterCommit = crash('ingest-worker', 'ledger.after-commit', 'kill', 2);
export const failedBatch: Scenario = {
  ...crash('ingest-worker', 'ledger.before-writes', 'throw', 2),
  world: { ...world, env: { ...STANDARD_ENV, BATCH_SIZE: '20' } },
};

function crash(
  subject: AppName,
  point: string,
  action: PlannedFault['action'],
  hit: number,
): Scenario {
  return {
    name: `${action} at ${point}`,
    story: `the standard load; ${subject} meets "${action}" at hit ${hit} of ${point}`,
    points: [point],
    world,
    play: (world, seed) => play(world, seed, subject, { point, action, hit }),
  };
}

function play(
  world: Parameters<Scenario['play']>[0],
  seed: number,
  subject: AppName,
  fault: PlannedFault | undefined,
) {
  const workload = createWorkload({ seed, routes: 'mixed' });
  return runStandardLoad(world, { workload, subject, fault });
}
