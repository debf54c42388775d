import type { ChaosPlan } from '../plan/chaos-plan';
import { shrinkPlan } from '../shrink/shrink-plan';
import { keepFile } from './keep-file';
import type { OneRun } from './run-one';

export interface ShrinkFailedOptions {
  readonly folder: string;
  /** Runs of a candidate, side by side: what fails once in a while is to be seen. */
  readonly width: number;
  run(plan: ChaosPlan): Promise<OneRun>;
  print(line: string): void;
}

const MAX_CANDIDATES = 24;
const LIMIT_MS = 20 * 60_000;

/** Looks for the shortest plan that fails, says which it is and how to replay it. */
export async function shrinkFailed(plan: ChaosPlan, options: ShrinkFailedOptions): Promise<void> {
  const { folder, width, run, print } = options;
  const deadline = performance.now() + LIMIT_MS;
  print(`shrinking the plan of seed ${plan.seed}, ${MAX_CANDIDATES} candidates at most`);
  const shrunk = await shrinkPlan(plan, {
    maxRuns: MAX_CANDIDATES,
    async fails(candidate) {
      if (performance.now() > deadline) return false;
      const runs = await Promise.all(Array.from({ length: width }, () => run(candidate)));
      const failed = runs.filter(({ result }) => !result.isPassed).length;
      const { faults, seconds, operations } = candidate;
      const size = `${faults.length} faults, ${seconds} s, ${operations} operations`;
      print(`  ${size}: failed ${failed} times of ${width}`);
      return failed > 0;
    },
  });
  const file = keepFile(folder, `shrunk-${plan.seed}.json`, shrunk);
  print(`the shortest plan that failed:\n${JSON.stringify(shrunk, null, 2)}`);
  print(`to replay it: npm run faults -- chaos --plan ${file}`);
}
