import { coerceError } from '@inventory-events/errors';
import { APP_NAMES, type AppName } from '../build/app-name';
import { buildInstrumented } from '../points/build-instrumented';
import { pointsOf } from '../points/fault-points';
import { type CaseResult, emptyResult } from '../report/case-result';
import type { FaultAction } from '../world/fault-order';
import { type HitCounts, planHits, type PlannedHit } from './plan-hits';
import { type PointOutcome, runPointCase } from './run-point-case';
import { runInParallel } from './run-in-parallel';
import { withinLimit } from './within-limit';

export interface RunPointsOptions {
  readonly seed: number;
  /** Only cases whose name contains it. */
  readonly only: string | undefined;
  /** Below dist/faults. */
  readonly variant: string;
  readonly width: number;
  onResult(result: CaseResult, logs: string): void;
}

export interface PointCase {
  readonly name: string;
  readonly subject: AppName;
  readonly point: string;
  readonly action: FaultAction;
  readonly planned: PlannedHit;
}

export interface PointsReport {
  /** Hits of every registered point in the traced runs. */
  readonly hits: readonly {
    readonly app: AppName;
    readonly point: string;
    readonly hits: number;
  }[];
  readonly results: readonly CaseResult[];
}

/** Messages about orders among the updates. */
const ORDERS = 40;
const ACTIONS: readonly FaultAction[] = ['kill', 'pause', 'throw'];
/** A case whose point was passed less often than in the traced run is repeated, this much earlier. */
const EARLIER = 0.7;
const MAX_TRIES = 3;

/** Traces which points are passed how often, then breaks the apps at each of them. */
export async function runPoints(options: RunPointsOptions): Promise<PointsReport> {
  const scripts = await buildInstrumented(options.variant);
  const { seed } = options;
  const traced = await runInParallel(APP_NAMES, options.width, (subject) =>
    runPointCase({ scripts, seed, orders: ORDERS, subject, fault: undefined }),
  );
  const results: CaseResult[] = [];
  const keep = (result: CaseResult, logs: string) => {
    results.push(result);
    options.onResult(result, logs);
  };
  const hits: PointsReport['hits'][number][] = [];
  const cases: PointCase[] = [];
  for (const [index, app] of APP_NAMES.entries()) {
    const outcome = traced[index] as PointOutcome;
    keep(toTraceResult(app, outcome), outcome.logs);
    for (const { name: point } of pointsOf(app)) {
      const counts = countsOf(outcome, point);
      hits.push({ app, point, hits: counts.total });
      cases.push(...casesOf(app, point, counts));
    }
  }
  const wanted = cases.filter(({ name }) => name.includes(options.only ?? ''));
  await runInParallel(wanted, options.width, async (each) => {
    const { result, logs } = await runCase(each, scripts, options);
    keep(result, logs);
  });
  return { hits, results };
}

function countsOf(outcome: PointOutcome, point: string): HitCounts {
  return {
    beforeFinale: outcome.hitsBeforeFinale.get(point) ?? 0,
    total: outcome.hits.get(point) ?? 0,
  };
}

function casesOf(subject: AppName, point: string, counts: HitCounts): PointCase[] {
  return ACTIONS.flatMap((action) =>
    planHits(counts).map((planned) => {
      const name = `${subject} ${point} ${action} ${planned.label}`;
      return { name, subject, point, action, planned };
    }),
  );
}

/** A point that is registered and never passed protects nothing: the run fails. */
function toTraceResult(app: AppName, outcome: PointOutcome): CaseResult {
  const silent = pointsOf(app).filter((point) => !outcome.hits.has(point.name));
  const problem =
    silent.length === 0
      ? undefined
      : `never passed: ${silent.map((point) => point.name).join(', ')}`;
  return {
    ...toResult(`${app} traced`, outcome, 0),
    isPassed: outcome.findings.length === 0 && problem === undefined,
    problem,
  };
}

async function runCase(
  { name, subject, point, action, planned }: PointCase,
  scripts: Readonly<Record<AppName, string>>,
  { seed }: RunPointsOptions,
): Promise<{ result: CaseResult; logs: string }> {
  const startedAt = performance.now();
  let { hit } = planned;
  try {
    for (let attempt = 1; ; attempt += 1) {
      const fault = { ...planned, hit, point, action };
      const run = { scripts, seed, orders: ORDERS, subject, fault };
      const outcome = await withinLimit(runPointCase(run));
      const result = toResult(name, outcome, performance.now() - startedAt);
      if (outcome.hasFired || attempt === MAX_TRIES || hit <= 1) {
        const problem = outcome.hasFired ? undefined : 'the point was not passed so often';
        const isPassed = outcome.findings.length === 0 && problem === undefined;
        return { result: { ...result, isPassed, problem }, logs: outcome.logs };
      }
      hit = Math.max(1, Math.floor(hit * EARLIER));
    }
  } catch (thrown) {
    const problem = coerceError(thrown).stack;
    const result = { ...emptyResult(name), problem, durationMs: performance.now() - startedAt };
    return { result, logs: '' };
  }
}

function toResult(name: string, outcome: PointOutcome, durationMs: number): CaseResult {
  const { findings, repetitions, deaths, recoveries } = outcome;
  const recoveryMs = recoveries[0]?.tookMs;
  return { ...emptyResult(name), findings, repetitions, deaths, recoveryMs, durationMs };
}
