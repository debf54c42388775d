import type { AppName } from '../build/app-name';
import type { Scenario } from '../scenarios/scenario';
import { createWorkload } from '../workload/create-workload';
import { runScenario, type ScenarioOutcome } from './run-scenario';
import {
  type LoadOutcome,
  type PlannedFault,
  runStandardLoad,
  STANDARD_ENV,
  STANDARD_PARTITIONS,
} from './standard-load';

export interface PointRun {
  readonly scripts: Readonly<Record<AppName, string>>;
  readonly seed: number;
  readonly subject: AppName;
  readonly fault: PlannedFault | undefined;
  /** Messages about orders. */
  readonly orders: number;
  readonly updates?: number;
}

export type PointOutcome = ScenarioOutcome & LoadOutcome;

/** The standard load with or without a fault, and what the checker says of it. */
export async function runPointCase(run: PointRun): Promise<PointOutcome> {
  const { scripts, seed, subject, fault, orders, updates } = run;
  let load: LoadOutcome | undefined;
  const scenario: Scenario = {
    name: 'standard load',
    story: '',
    points: [],
    world: { partitions: STANDARD_PARTITIONS, env: STANDARD_ENV },
    async play(world) {
      const workload = createWorkload({ seed, routes: 'mixed', orders, updates });
      load = await runStandardLoad(world, { workload, subject, fault });
      return load;
    },
  };
  const outcome = await runScenario(scenario, scripts, seed);
  return { ...(load as LoadOutcome), ...outcome };
}
