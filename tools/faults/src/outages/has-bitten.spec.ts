import type { Felt } from './disturb';
import { hasBitten } from './has-bitten';
import type { Bite } from './outage';

const nothing: Felt = {
  unready: new Set(),
  warning: new Set(),
  deaths: 0,
  isStandstill: false,
  recoveries: [],
};

describe('hasBitten', () => {
  it.each<[Bite, Partial<Felt>]>([
    ['unready', { unready: new Set(['an app']) }],
    ['warnings', { warning: new Set(['an app']) }],
    ['standstill', { isStandstill: true }],
    ['deaths', { deaths: 1 }],
  ])('takes nothing else for %s', (bite, own) => {
    expect(hasBitten(bite, { ...nothing, ...own }, undefined)).toBe(true);
    const unready = new Set(['an app']);
    const all = { ...nothing, unready, warning: unready, deaths: 1, isStandstill: true };
    const without = Object.fromEntries(
      Object.keys(own).map((key) => [key, nothing[key as keyof Felt]]),
    );
    expect(hasBitten(bite, { ...all, ...without }, 'told')).toBe(false);
  });

  it('believes what the outage tells', () => {
    expect(hasBitten('told', nothing, 'something')).toBe(true);
    expect(hasBitten('told', nothing, undefined)).toBe(false);
  });
});
