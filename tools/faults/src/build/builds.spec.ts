import { workspaceRoot } from '@inventory-events/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMutant } from '../mutants/build-mutant';
import { mutants } from '../mutants/mutants';
import { buildInstrumented } from '../points/build-instrumented';
import { faultPoints, pointsOf } from '../points/fault-points';
import { APP_NAMES } from './app-name';

const FOLDER = 'test-builds';
const TRACES = ['reachFaultPoint', 'FAULT_ACTION', 'FAULT_POINT', 'tools/faults', 'SIGSTOP'];

describe('builds with faults', () => {
  it('have every registered point where it was', async () => {
    const scripts = await buildInstrumented(FOLDER);
    for (const app of APP_NAMES) {
      const text = readFileSync(scripts[app], 'utf8');
      const missing = pointsOf(app).filter(({ name }) => !text.includes(`"${name}"`));
      expect(missing).toEqual([]);
    }
  });

  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    'can be made with the bug %s',
    async (_, mutant) => {
      await expect(buildMutant(mutant, FOLDER)).resolves.toBeDefined();
    },
  );

  it('have points and bugs of different names', () => {
    const names = [...faultPoints.map(({ name }) => name), ...mutants.map(({ name }) => name)];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('production builds', () => {
  const folder = join(workspaceRoot, 'dist', 'apps');

  it.each(readdirSync(folder))('of %s know nothing of faults', (app) => {
    const text = readFileSync(join(folder, app, 'main.js'), 'utf8');
    expect(TRACES.filter((trace) => text.includes(trace))).toEqual([]);
  });
});
