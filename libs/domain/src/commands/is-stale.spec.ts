import { isStale } from './is-stale';

describe('isStale', () => {
  it.each([
    ['a lower sequence', { sequence: 4 }, true],
    ['the same sequence', { sequence: 5 }, false],
    ['a higher sequence', { sequence: 6 }, false],
    ['a higher sequence with an earlier clock', { sequence: 6, occurredAt: 999 }, false],
    ['a lower sequence with a later clock', { sequence: 4, occurredAt: 2000 }, true],
    ['an earlier clock', { occurredAt: 999 }, true],
    ['the same instant', { occurredAt: 1000 }, false],
    ['a later clock', { occurredAt: 1001 }, false],
    ['neither', {}, false],
  ])('%s: %o -> %s', (_name, reported, expected) => {
    expect(isStale({ sourceSequence: 5, sourceOccurredAt: 1000 }, reported)).toBe(expected);
  });

  it('finds nothing stale when nothing is stored', () => {
    const stored = { sourceSequence: null, sourceOccurredAt: null };
    expect(isStale(stored, { sequence: 0 })).toBe(false);
    expect(isStale(stored, { occurredAt: 0 })).toBe(false);
  });
});
