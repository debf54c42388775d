import type { Figure } from './figure';
import { renderTable } from './render-table';
import { verdictOf } from './verdict-of';

const relay: Figure = {
  benchmark: 'relay',
  what: 'backlog',
  value: 21_234.4,
  unit: 'events/s',
  baseline: { what: 'raw publish', value: 23_000, unit: 'events/s' },
  ratio: 0.923,
  must: { atLeast: 0.8 },
  aim: { atLeast: 0.95 },
};

describe('renderTable', () => {
  it('shows value, baseline, ratio and how far it came', () => {
    const [, , row] = renderTable([relay]).split('\n');
    expect(row?.split(/ {2,}/)).toEqual([
      'relay',
      'backlog',
      '21 234 events/s',
      '23 000 events/s raw publish',
      '0.92',
      '>= 0.8',
      '>= 0.95',
      'must',
    ]);
  });
});

describe('verdictOf', () => {
  it.each([
    [{ ratio: 0.96 }, 'aim'],
    [{ ratio: 0.8 }, 'must'],
    [{ ratio: 0.79 }, 'short'],
  ])('%j is %s', (change, expected) => {
    expect(verdictOf({ ...relay, ...change })).toBe(expected);
  });

  it('judges the value where there is no ratio', () => {
    const figure = { benchmark: 'latency', what: 'p50', unit: 'ms', must: { below: 15 } };
    expect(verdictOf({ ...figure, value: 14.9 })).toBe('must');
    expect(verdictOf({ ...figure, value: 15 })).toBe('short');
    expect(verdictOf({ benchmark: 'latency', what: 'p95', unit: 'ms', value: 1 })).toBe('-');
  });
});
