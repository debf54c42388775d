import { coerceError } from '@inventory-events/errors';
import { type AbuseResult, emptyAbuseResult } from '../report/abuse-result';
import { abuseCases } from './abuse-cases';
import type { AbuseCase, AbuseContext } from './abuse-case';
import { seedStock } from './world/seed-stock';
import { runAbuseCase } from './run-abuse-case';
import { openAbuseWorld } from './world/open-abuse-world';

export interface RunAbuseOptions {
  readonly seed: number;
  /** Only cases whose name contains it. */
  readonly only: string | undefined;
  /** How long the last of them goes on. */
  readonly seconds: number;
  onResult(result: AbuseResult, logs: string): void;
}

/** Case after case against one process of each API: what one leaves behind, the next meets. */
export async function runAbuse(options: RunAbuseOptions): Promise<AbuseResult[]> {
  const { seed, only = '', seconds, onResult } = options;
  const world = await openAbuseWorld();
  const results: AbuseResult[] = [];
  try {
    const context = { world, knownIds: await seedStock(world), seed, seconds };
    for (const abuse of abuseCases.filter(({ name }) => name.includes(only))) {
      const result = await play(abuse, context);
      results.push(result);
      onResult(result, world.targets.map(({ app }) => app.logs()).join('\n'));
    }
  } finally {
    await world.close();
  }
  return results;
}

async function play(abuse: AbuseCase, context: AbuseContext): Promise<AbuseResult> {
  const startedAt = performance.now();
  const empty = emptyAbuseResult(abuse);
  const durationMs = () => performance.now() - startedAt;
  try {
    const { answers, ...outcome } = await runAbuseCase(abuse, context);
    const isPassed = outcome.findings.length === 0;
    const counts = Object.fromEntries(answers);
    return { ...empty, ...outcome, answers: counts, isPassed, durationMs: durationMs() };
  } catch (thrown) {
    return { ...empty, problem: coerceError(thrown).stack, durationMs: durationMs() };
  }
}
