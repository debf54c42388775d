import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openUnfinishedRun } from './unfinished-run';

const row = { seed: 7, seconds: 60, faults: {}, violations: [] };

describe('openUnfinishedRun', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unfinished-run-'));
  const file = join(folder, 'deep', 'run.json');
  const script = join(folder, 'main.js');

  beforeEach(() => writeFileSync(script, 'one'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('goes on with what was done under the same builds and duration, until it is finished', () => {
    const run = openUnfinishedRun(file, [script], 60);
    expect(run.rowOf(7)).toBeUndefined();
    run.add(row);
    expect(openUnfinishedRun(file, [script], 60).rowOf(7)).toEqual(row);
    expect(openUnfinishedRun(file, [script], 30).rowOf(7)).toBeUndefined();
    writeFileSync(script, 'two');
    expect(openUnfinishedRun(file, [script], 60).rowOf(7)).toBeUndefined();
    writeFileSync(script, 'one');
    openUnfinishedRun(file, [script], 60).finish();
    expect(openUnfinishedRun(file, [script], 60).rowOf(7)).toBeUndefined();
  });
});
