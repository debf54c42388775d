import { buildMutant } from '../mutants/build-mutant';
import { mutants } from '../mutants/mutants';
import { runScenario } from './run-scenario';

/** A selection; `npm run faults -- mutants` convicts them all, and acquits the product. */
const SELECTION = ['unlocked-read', 'expired-hold-committed', 'partition-by-event'];

describe('planted bugs', () => {
  it.each(mutants.filter(({ name }) => SELECTION.includes(name)).map((each) => [each.name, each]))(
    '%s is convicted',
    async (_, mutant) => {
      const scripts = await buildMutant(mutant, 'test-mutants');
      const { findings } = await runScenario(mutant.scenario, scripts, 1);
      const verdicts = new Set(findings.map(({ verdict }) => verdict));
      expect([...verdicts]).toEqual(expect.arrayContaining([mutant.verdicts[0]]));
    },
    120_000,
  );
});
