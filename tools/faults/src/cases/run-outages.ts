import { coerceError } from '@inventory-events/errors';
import { buildPlain } from '../outages/build-plain';
import { NotPossibleHereError, type Outage } from '../outages/outage';
import { outages } from '../outages/outages';
import { type OutageRun, playOutage } from '../outages/play-outage';
import { createServerShelf } from '../outages/stage/create-server-shelf';
import { emptyOutageResult, type OutageResult } from '../report/outage-result';
import { runInParallel } from './run-in-parallel';
import { withinLimit } from './within-limit';

export interface RunOutagesOptions {
  readonly seed: number;
  /** Only outages whose name contains it. */
  readonly only: string | undefined;
  /** Below dist/faults. */
  readonly variant: string;
  readonly width: number;
  onResult(result: OutageResult, logs: string): void;
}

/** Plays the outages, each in a world of its own. */
export async function runOutages(options: RunOutagesOptions): Promise<OutageResult[]> {
  const { seed, only = '', variant, width, onResult } = options;
  const scripts = await buildPlain(variant);
  const shelf = createServerShelf();
  try {
    const wanted = outages.filter(({ name }) => name.includes(only));
    return await runInParallel(wanted, width, async (outage) => {
      const { result, logs } = await runOutage(outage, { scripts, seed, shelf });
      onResult(result, logs);
      return result;
    });
  } finally {
    await shelf.close();
  }
}

async function runOutage(
  outage: Outage,
  run: OutageRun,
): Promise<{ result: OutageResult; logs: string }> {
  const startedAt = performance.now();
  const empty = emptyOutageResult(outage);
  const durationMs = () => performance.now() - startedAt;
  try {
    const { recoveries, logs, ...outcome } = await withinLimit(playOutage(outage, run));
    const isPassed = outcome.findings.length === 0 && outcome.problem === undefined;
    const recoveryMs = recoveries[0]?.tookMs;
    const result = { ...empty, ...outcome, isPassed, recoveryMs, durationMs: durationMs() };
    return { result, logs };
  } catch (thrown) {
    if (thrown instanceof NotPossibleHereError) {
      const notPossible = thrown.message;
      return { result: { ...empty, notPossible, durationMs: durationMs() }, logs: '' };
    }
    const problem = coerceError(thrown).stack;
    return { result: { ...empty, problem, durationMs: durationMs() }, logs: '' };
  }
}
