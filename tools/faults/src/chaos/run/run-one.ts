import { coerceError } from '@inventory-events/errors';
import type { BuiltApp } from '../../build/app-name';
import type { History } from '../../record/history';
import { type CaseResult, emptyResult } from '../../report/case-result';
import type { ChaosPlan } from '../plan/chaos-plan';
import { type ChaosRow, toChaosRow } from '../record/chaos-row';
import type { ChaosOutcome } from './chaos-outcome';
import { runBounded } from './run-bounded';

export interface OneRun {
  readonly row: ChaosRow;
  readonly result: CaseResult;
  /** Undefined where the run did not get so far. */
  readonly history: History | undefined;
  readonly logs: string;
}

/** Plays a plan; a run that breaks down is a failed one. */
export async function runOne(
  plan: ChaosPlan,
  scripts: Readonly<Record<BuiltApp, string>>,
): Promise<OneRun> {
  const startedAt = performance.now();
  let outcome: ChaosOutcome | undefined;
  let problem: string | undefined;
  try {
    outcome = await runBounded(plan, scripts);
  } catch (thrown) {
    problem = coerceError(thrown).stack;
  }
  const row = toChaosRow(plan, outcome, problem?.split('\n')[0]);
  const oddities = [...(outcome?.leaks ?? []), ...(outcome?.oddities ?? [])].join('; ');
  const result: CaseResult = {
    ...toResult(row),
    findings: outcome?.findings ?? [],
    problem: problem ?? (oddities === '' ? undefined : oddities),
    durationMs: performance.now() - startedAt,
  };
  return { row, result, history: outcome?.history, logs: outcome?.logs ?? '' };
}

/** What is known of a run that was played before. */
export function toResult(row: ChaosRow): CaseResult {
  return {
    ...emptyResult(`chaos seed ${row.seed} ${row.seconds} s`),
    isPassed: row.violations.length === 0,
    problem: row.violations.length === 0 ? undefined : row.violations.join('; '),
    recoveryMs: row.restMs,
    repetitions: row.repetitions ?? 0,
    deaths: row.deaths ?? 0,
  };
}
