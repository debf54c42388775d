import { createPlan } from './plan/create-plan';
import { runPlan } from './run/run-plan';
import { buildChaosApps } from './stage/build-chaos-apps';

/** One seed; `npm run faults -- chaos --seeds 50` plays many, a minute each. */
const SEED = 4;

describe('chaos', () => {
  it('breaks no promise', async () => {
    const scripts = await buildChaosApps('test-chaos');
    const plan = createPlan({ seed: SEED, seconds: 10, everyMs: 900 });
    const outcome = await runPlan(plan, scripts);
    expect(outcome).toMatchObject({ findings: [], leaks: [], oddities: [] });
    expect(outcome.operations).toBeGreaterThan(300);
    expect(plan.faults.length).toBeGreaterThan(8);
  }, 240_000);
});
