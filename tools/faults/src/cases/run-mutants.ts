import { coerceError } from '@inventory-events/errors';
import type { AppName } from '../build/app-name';
import { buildMutant } from '../mutants/build-mutant';
import type { Mutant } from '../mutants/mutant';
import { mutants } from '../mutants/mutants';
import { buildInstrumented } from '../points/build-instrumented';
import { type CaseResult, emptyResult } from '../report/case-result';
import type { Scenario } from '../scenarios/scenario';
import { runInParallel } from './run-in-parallel';
import { runScenario } from './run-scenario';
import { withinLimit } from './within-limit';

export interface RunMutantsOptions {
  readonly seed: number;
  /** Only mutants whose name contains it. */
  readonly only: string | undefined;
  /** Below dist/faults. */
  readonly folder: string;
  /** How often each has to be convicted. */
  readonly rounds: number;
  readonly width: number;
  onResult(result: CaseResult, logs: string): void;
}

interface MutantCase {
  readonly name: string;
  readonly scripts: Readonly<Record<AppName, string>>;
  readonly scenario: Scenario;
  readonly seed: number;
  /** Undefined: the product itself, which must be acquitted. */
  readonly mutant: Mutant | undefined;
}

/**
 * Plays every scenario with the bug that it exposes, and without any: a checker that convicts
 * nobody, or everybody, would be no checker.
 */
export async function runMutants(options: RunMutantsOptions): Promise<CaseResult[]> {
  const { seed, only = '', folder, rounds, width } = options;
  const wanted = mutants.filter((mutant) => mutant.name.includes(only));
  const healthy = await buildInstrumented(`${folder}/none`);
  const cases: MutantCase[] = [];
  for (const scenario of new Set(wanted.map((mutant) => mutant.scenario))) {
    const name = `no bug, ${scenario.name}`;
    cases.push({ name, scripts: healthy, scenario, seed, mutant: undefined });
  }
  for (const mutant of wanted) {
    const scripts = await buildMutant(mutant, folder);
    for (let round = 0; round < rounds; round += 1) {
      const name = `${mutant.name}, ${mutant.scenario.name}, round ${round + 1}`;
      cases.push({ name, scripts, scenario: mutant.scenario, seed: seed + round, mutant });
    }
  }
  return runInParallel(cases, width, async (each) => {
    const { result, logs } = await runCase(each);
    options.onResult(result, logs);
    return result;
  });
}

async function runCase(each: MutantCase): Promise<{ result: CaseResult; logs: string }> {
  const { name, scripts, scenario, seed, mutant } = each;
  const startedAt = performance.now();
  try {
    const outcome = await withinLimit(runScenario(scenario, scripts, seed));
    const { findings, repetitions, deaths, recoveries, logs } = outcome;
    const isConvicted = findings.some(({ verdict }) => mutant?.verdicts.includes(verdict));
    const isPassed = mutant === undefined ? findings.length === 0 : isConvicted;
    const result: CaseResult = {
      ...emptyResult(name),
      isPassed,
      expected: mutant === undefined ? 'clean' : mutant.verdicts.join(' or '),
      findings,
      repetitions,
      deaths,
      recoveryMs: recoveries[0]?.tookMs,
      durationMs: performance.now() - startedAt,
    };
    return { result, logs };
  } catch (thrown) {
    const problem = coerceError(thrown).stack;
    const durationMs = performance.now() - startedAt;
    return { result: { ...emptyResult(name), problem, durationMs }, logs: '' };
  }
}
