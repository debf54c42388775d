import { parseArguments } from './parse-arguments';

describe('parseArguments', () => {
  it('does everything with one seed when nothing else is said', () => {
    expect(parseArguments([])).toEqual({
      commands: ['points', 'mutants', 'outages', 'chaos', 'abuse'],
      only: undefined,
      seed: 1,
      rounds: 3,
      seeds: 1,
      seconds: 60,
      width: 2,
      plan: undefined,
      record: undefined,
    });
  });

  it('takes a part, a name, a seed and a number of rounds', () => {
    const words = ['mutants', '--only', 'cursor', '--seed', '7', '--rounds', '1'];
    const expected = { commands: ['mutants'], only: 'cursor', seed: 7, rounds: 1 };
    expect(parseArguments(words)).toMatchObject(expected);
  });

  it('takes what chaos needs', () => {
    const numbers = ['chaos', '--seeds', '50', '--seconds', '30', '--width', '4'];
    const words = [...numbers, '--record', 'record.md', '--plan', 'plan.json'];
    const expected = { commands: ['chaos'], seeds: 50, seconds: 30, width: 4 };
    const files = { record: 'record.md', plan: 'plan.json' };
    expect(parseArguments(words)).toMatchObject({ ...expected, ...files });
  });

  it.each([
    [['chaos!']],
    [['--seed', 'x']],
    [['--rounds', '0']],
    [['--seeds', '0']],
    [['--width', '1.5']],
    [['--onyl', 'x']],
    [['--only']],
  ])('refuses %j', (words) => {
    expect(parseArguments(words)).toBeUndefined();
  });
});
