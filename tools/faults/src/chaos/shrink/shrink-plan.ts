import type { ChaosPlan, TimedFault } from '../plan/chaos-plan';

export interface ShrinkOptions {
  /** Whether a plan fails; each call is a run. */
  fails(plan: ChaosPlan): Promise<boolean>;
  /** So many runs at most. */
  readonly maxRuns: number;
}

/**
 * The shortest plan found that still fails: without halves of its faults, then without smaller
 * parts, then without single ones, and at last with less load. Every answer is one that failed.
 */
export async function shrinkPlan(plan: ChaosPlan, options: ShrinkOptions): Promise<ChaosPlan> {
  let best = plan;
  let runs = 0;
  async function accept(candidate: ChaosPlan): Promise<boolean> {
    if (runs >= options.maxRuns) return false;
    runs += 1;
    const isFailing = await options.fails(candidate);
    if (isFailing) best = candidate;
    return isFailing;
  }

  let size = Math.ceil(best.faults.length / 2);
  while (size > 0) {
    let hasRemoved = false;
    let from = 0;
    while (from < best.faults.length) {
      const { faults } = best;
      const fewer = [...faults.slice(0, from), ...faults.slice(from + size)];
      if (await accept(withFaults(best, fewer))) hasRemoved = true;
      else from += size;
    }
    if (size > 1) size = Math.ceil(size / 2);
    else if (!hasRemoved) size = 0;
  }
  while (best.operations > 1) {
    const operations = Math.ceil(best.operations / 2);
    if (!(await accept({ ...best, operations }))) break;
  }
  return best;
}

/** It is over with the last of the faults, and so is the load. */
function withFaults(plan: ChaosPlan, faults: readonly TimedFault[]): ChaosPlan {
  const endMs = Math.max(0, ...faults.map(({ atMs, forMs }) => atMs + forMs));
  const seconds = faults.length === 0 ? plan.seconds : Math.floor(endMs / 1_000) + 1;
  const shorter = Math.min(plan.seconds, seconds);
  const operations = Math.min(plan.operations, shorter * plan.perSecond);
  return { ...plan, faults, seconds: shorter, operations };
}
