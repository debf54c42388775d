import { join } from 'node:path';
import { runInParallel } from '../../cases/run-in-parallel';
import type { CaseResult } from '../../report/case-result';
import type { ChaosPlan } from '../plan/chaos-plan';
import { createPlan } from '../plan/create-plan';
import { describeFault } from '../plan/describe-fault';
import type { ChaosRow } from '../record/chaos-row';
import { openUnfinishedRun } from '../record/unfinished-run';
import { buildChaosApps } from '../stage/build-chaos-apps';
import { keepFile } from './keep-file';
import { runOne, toResult } from './run-one';
import { shrinkFailed } from './shrink-failed';

export interface RunChaosOptions {
  /** The first of the seeds. */
  readonly seed: number;
  readonly seeds: number;
  readonly seconds: number;
  /** Instead of those of the seeds. */
  readonly plan: ChaosPlan | undefined;
  readonly width: number;
  /** Where plans, the histories of failed runs and what is unfinished are kept. */
  readonly folder: string;
  print(line: string): void;
  onResult(result: CaseResult, logs: string): void;
}

/** Plays every plan, and looks for the shortest one that fails like the first that failed. */
export async function runChaos(options: RunChaosOptions): Promise<ChaosRow[]> {
  const { folder, width, seconds, print } = options;
  const scripts = await buildChaosApps('chaos');
  const run = (plan: ChaosPlan) => runOne(plan, scripts);
  const plans = options.plan === undefined ? plansOf(options) : [options.plan];
  const file = join(folder, 'unfinished.json');
  const unfinished = openUnfinishedRun(file, Object.values(scripts), seconds);
  const rows = await runInParallel(plans, width, async (plan) => {
    const known = options.plan === undefined ? unfinished.rowOf(plan.seed) : undefined;
    if (known !== undefined) {
      options.onResult(toResult(known), '');
      return known;
    }
    keepFile(folder, `seed-${plan.seed}.json`, plan);
    print(`seed ${plan.seed}: ${plan.faults.map(describeFault).join('; ')}`);
    const { row, result, history, logs } = await run(plan);
    if (!result.isPassed) keepFile(folder, `history-${plan.seed}.json`, history ?? null);
    options.onResult(result, logs);
    // One without a history may be one that was interrupted.
    if (options.plan === undefined && history !== undefined) unfinished.add(row);
    return row;
  });
  const failed = plans[rows.findIndex((row) => row.violations.length > 0)];
  if (failed !== undefined) await shrinkFailed(failed, { folder, width, run, print });
  unfinished.finish();
  return rows;
}

function plansOf({ seed, seeds, seconds }: RunChaosOptions): ChaosPlan[] {
  return Array.from({ length: seeds }, (_, at) => createPlan({ seed: seed + at, seconds }));
}
