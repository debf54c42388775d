import * as fc from 'fast-check';
import type { ChaosPlan } from '../plan/chaos-plan';
import { createPlan } from '../plan/create-plan';
import { shrinkPlan } from './shrink-plan';

const plan = createPlan({ seed: 3, seconds: 60 });
const PLENTY = 1_000;

/** Fails when it contains all of these faults, and so much load. */
function failingWith(needed: readonly number[], operations = 0) {
  const faults = needed.map((at) => plan.faults[at]);
  return jest.fn(async (candidate: ChaosPlan) => {
    const hasAll = faults.every((fault) => candidate.faults.some((each) => each === fault));
    return hasAll && candidate.operations >= operations;
  });
}

describe('shrinkPlan', () => {
  it('finds the faults that it takes, whichever they are', async () => {
    const places = fc.uniqueArray(fc.nat(plan.faults.length - 1), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(places, async (needed) => {
        const shrunk = await shrinkPlan(plan, { fails: failingWith(needed), maxRuns: PLENTY });
        const expected = [...needed].sort((a, b) => a - b).map((at) => plan.faults[at]);
        expect(shrunk.faults).toEqual(expected);
        const last = Math.max(...shrunk.faults.map(({ atMs, forMs }) => atMs + forMs));
        expect(shrunk.seconds * 1_000).toBeGreaterThanOrEqual(last);
        expect(shrunk.seconds * 1_000).toBeLessThanOrEqual(last + 1_000);
      }),
    );
  });

  it('takes away load as well', async () => {
    const fails = failingWith([plan.faults.length - 1], 500);
    const { operations } = await shrinkPlan(plan, { fails, maxRuns: PLENTY });
    expect(operations).toBeGreaterThanOrEqual(500);
    expect(operations).toBeLessThan(1_000);
  });

  it('needs no fault where the load alone fails', async () => {
    const { faults } = await shrinkPlan(plan, { fails: async () => true, maxRuns: PLENTY });
    expect(faults).toEqual([]);
  });

  it('stays with the plan where nothing less fails, and ends', async () => {
    const everything = plan.faults.map((_, at) => at);
    const fails = failingWith(everything, plan.operations);
    await expect(shrinkPlan(plan, { fails, maxRuns: PLENTY })).resolves.toEqual(plan);
  });

  it('answers with one that failed when its runs are used up', async () => {
    const fails = failingWith([2, 9]);
    const shrunk = await shrinkPlan(plan, { fails, maxRuns: 5 });
    expect(fails).toHaveBeenCalledTimes(5);
    await expect(fails(shrunk)).resolves.toBe(true);
  });
});
