import fc from 'fast-check';
import { judgeStatus } from './judge-status';
import type { StockStatus } from './stock-status';

const STATUSES: readonly (StockStatus | null)[] = ['IN_STOCK', 'LOW_STOCK', 'OUT_OF_STOCK', null];

describe('judgeStatus', () => {
  it.each([
    [0, 'OUT_OF_STOCK'],
    [1, 'LOW_STOCK'],
    [10, 'LOW_STOCK'],
    [11, 'IN_STOCK'],
  ] as const)('without a band, %i at threshold 10 is %s whatever it was', (available, expected) => {
    for (const current of STATUSES) {
      expect(judgeStatus({ available, lowStockThreshold: 10, hysteresis: 0, current })).toBe(
        expected,
      );
    }
  });

  it.each([
    [12, 'LOW_STOCK', 'LOW_STOCK'],
    [13, 'LOW_STOCK', 'IN_STOCK'],
    [12, 'IN_STOCK', 'IN_STOCK'],
    [12, 'OUT_OF_STOCK', 'IN_STOCK'],
    [12, null, 'IN_STOCK'],
    [10, 'IN_STOCK', 'LOW_STOCK'],
  ] as const)('with a band of 2 above 10, %i after %s is %s', (available, current, expected) => {
    expect(judgeStatus({ available, lowStockThreshold: 10, hysteresis: 2, current })).toBe(
      expected,
    );
  });

  it('has no low stock at threshold 0', () => {
    expect(
      judgeStatus({ available: 1, lowStockThreshold: 0, hysteresis: 0, current: 'IN_STOCK' }),
    ).toBe('IN_STOCK');
  });

  it('leaves DISCONTINUED alone', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.nat(), (available, lowStockThreshold, hysteresis) => {
        const judgement = { available, lowStockThreshold, hysteresis };
        expect(judgeStatus({ ...judgement, current: 'DISCONTINUED' })).toBe('DISCONTINUED');
      }),
    );
  });
});
