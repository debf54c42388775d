import * as fc from 'fast-check';
import { createPlan } from './create-plan';
import { FAULT_KINDS } from './fault-templates';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const durations = fc.integer({ min: 1, max: 600 });

describe('createPlan', () => {
  it('is the same for the same seed, and survives being written down', () => {
    fc.assert(
      fc.property(seeds, durations, (seed, seconds) => {
        const plan = createPlan({ seed, seconds });
        expect(createPlan({ seed, seconds })).toEqual(plan);
        expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
      }),
    );
  });

  it('has at least one fault, in the order of time, all healed when the seconds are over', () => {
    fc.assert(
      fc.property(seeds, durations, (seed, seconds) => {
        const { faults } = createPlan({ seed, seconds });
        const times = faults.map(({ atMs }) => atMs);
        expect(faults.length).toBeGreaterThan(0);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        for (const { atMs, forMs } of faults) {
          expect(atMs).toBeGreaterThanOrEqual(0);
          expect(forMs).toBeGreaterThanOrEqual(0);
          expect(atMs + forMs).toBeLessThanOrEqual(seconds * 1_000);
        }
      }),
    );
  });

  it('ends the processes of the first replica only, where the others are spared', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const { fault } of createPlan({ seed, seconds: 60, spare: true }).faults) {
          const isDeadly =
            fault.kind === 'process killed' ||
            (fault.kind === 'crash point' && fault.action !== 'pause');
          if (isDeadly) expect(fault.replica).toBe(0);
        }
      }),
    );
  });

  it('knows every kind of fault, and both replicas, over many seeds', () => {
    const faults = Array.from({ length: 50 }, (_, seed) => createPlan({ seed, seconds: 60 }))
      .flatMap((plan) => plan.faults)
      .map(({ fault }) => fault);
    const kinds = new Set(faults.map(({ kind }) => kind));
    expect(FAULT_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
    const replicas = faults.map((fault) => ('replica' in fault ? fault.replica : 0));
    expect(new Set(replicas)).toEqual(new Set([0, 1]));
  });
});
