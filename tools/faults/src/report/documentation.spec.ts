import { workspaceRoot } from '@inventory-events/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULT_KINDS } from '../chaos/plan/fault-templates';
import { abuseCases } from '../abuse/abuse-cases';
import { ABUSE_VERDICTS } from '../abuse/abuse-finding';
import { VERDICTS } from '../checker/finding';
import { mutants } from '../mutants/mutants';
import { outages } from '../outages/outages';
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

  it('says what every kind of fault in a plan of chaos is', () => {
    const missing = FAULT_KINDS.filter(
      (kind) => !rows.some((row) => row.startsWith(`| \`${kind}\` |`)),
    );
    expect(missing).toEqual([]);
  });

  it.each(abuseCases.map((abuse) => [abuse.name, abuse] as const))(
    'says what is done by way of %s',
    (name, { story, expected }) => {
      expect(rows).toContain(`| ${[name, story, expected].join(' | ')} |`);
    },
  );

  it.each(outages.map((outage) => [outage.name, outage] as const))(
    'says how long it takes to heal: %s',
    (name, { injected, expected, limitMs }) => {
      const row = rows.find((each) => each.startsWith(`| ${name} | ${injected} | ${expected} | `));
      const seconds = String.raw`\d+\.\d s`;
      expect(row).toMatch(new RegExp(String.raw`\| ${seconds} of ${limitMs / 1_000} s \|$`));
    },
  );

  it('has a promise for every verdict', () => {
    const text = rows.join('\n');
    expect([...VERDICTS, ...ABUSE_VERDICTS].filter((verdict) => !text.includes(verdict))).toEqual(
      [],
    );
  });
});
