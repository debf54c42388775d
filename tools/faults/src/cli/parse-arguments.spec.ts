import { parseArguments } from './parse-arguments';

describe('parseArguments', () => {
  it('does everything with one seed when nothing else is said', () => {
    expect(parseArguments([])).toEqual({
      commands: ['points', 'mutants'],
      only: undefined,
      seed: 1,
      rounds: 3,
    });
  });

  it('takes a part, a name, a seed and a number of rounds', () => {
    const words = ['mutants', '--only', 'cursor', '--seed', '7', '--rounds', '1'];
    const expected = { commands: ['mutants'], only: 'cursor', seed: 7, rounds: 1 };
    expect(parseArguments(words)).toEqual(expected);
  });

  it.each([[['chaos!']], [['--seed', 'x']], [['--rounds', '0']], [['--onyl', 'x']], [['--only']]])(
    'refuses %j',
    (words) => {
      expect(parseArguments(words)).toBeUndefined();
    },
  );
});
