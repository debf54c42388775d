import type { BuiltApp } from '../../build/app-name';
import { withinLimit } from '../../cases/within-limit';
import type { World } from '../../world/open-world';
import type { ChaosPlan } from '../plan/chaos-plan';
import type { ChaosOutcome } from './chaos-outcome';
import { runPlan } from './run-plan';

/** For everything around the load: start, rest, a look at an idle world, the end. */
const AROUND_MS = 360_000;
const CLOSE_LIMIT_MS = 60_000;

/** Plays a plan; one that hangs is cut off, and its world goes away all the same. */
export async function runBounded(
  plan: ChaosPlan,
  scripts: Readonly<Record<BuiltApp, string>>,
): Promise<ChaosOutcome> {
  let world: World | undefined;
  const run = runPlan(plan, scripts, (opened) => (world = opened));
  try {
    return await withinLimit(run, plan.seconds * 1_000 + AROUND_MS);
  } finally {
    if (world !== undefined) await withinLimit(world.close(), CLOSE_LIMIT_MS);
  }
}
