import { workspaceRoot } from '@inventory-events/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERDICTS } from '../checker/finding';
import { mutants } from '../mutants/mutants';
import { faultPoints } from '../points/fault-points';

const rows = readFileSync(join(workspaceRoot, 'docs', 'reliability.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.replaceAll(/ +/g, ' '));

describe('docs/reliability.md', () => {
  it.each(faultPoints.map((point) => [point.name, point] as const))(
    'says when %s is reached',
    (name, { apps, meaning }) => {
      expect(rows).toContain(`| \`${name}\` | ${apps.join(', ')} | ${meaning} |`);
    },
  );

  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    'says how %s is convicted',
    (name, { bug, scenario, verdicts }) => {
      const cells = [`\`${name}\``, bug, scenario.story, verdicts.join(', ')];
      expect(rows).toContain(`| ${cells.join(' | ')} |`);
    },
  );

  it('has a promise for every verdict', () => {
    const text = rows.join('\n');
    expect(VERDICTS.filter((verdict) => !text.includes(verdict))).toEqual([]);
  });
});
