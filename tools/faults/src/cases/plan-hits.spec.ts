import { planHits } from './plan-hits';

describe('planHits', () => {
  it.each([
    [{ beforeFinale: 0, total: 0 }, []],
    [{ beforeFinale: 1, total: 1 }, ['first 1']],
    [{ beforeFinale: 2, total: 2 }, ['first 1', 'second 2']],
    [{ beforeFinale: 3, total: 3 }, ['first 1', 'second 2', 'last 3']],
    [{ beforeFinale: 20, total: 20 }, ['first 1', 'second 2', 'middle 10', 'last 20']],
    [{ beforeFinale: 16, total: 20 }, ['first 1', 'second 2', 'middle 10', 'last 4 of the finale']],
  ])('%j', (counts, expected) => {
    const planned = planHits(counts).map(({ label, hit, lastHits }) =>
      lastHits === undefined ? `${label} ${hit}` : `${label} ${lastHits} of the finale`,
    );
    expect(planned).toEqual(expected);
  });
});
