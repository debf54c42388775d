import { crossingBetween } from './crossing-between';

describe('crossingBetween', () => {
  it.each([
    ['IN_STOCK', 'LOW_STOCK', 'LOW_STOCK'],
    ['IN_STOCK', 'OUT_OF_STOCK', 'OUT_OF_STOCK'],
    ['LOW_STOCK', 'OUT_OF_STOCK', 'OUT_OF_STOCK'],
    ['OUT_OF_STOCK', 'LOW_STOCK', 'BACK_IN_STOCK'],
    ['OUT_OF_STOCK', 'IN_STOCK', 'BACK_IN_STOCK'],
    ['LOW_STOCK', 'IN_STOCK', null],
    ['LOW_STOCK', 'LOW_STOCK', null],
    ['IN_STOCK', 'DISCONTINUED', null],
    ['DISCONTINUED', 'OUT_OF_STOCK', null],
  ] as const)('%s to %s is %s', (from, to, expected) => {
    expect(crossingBetween(from, to)).toBe(expected);
  });
});
