import { decide } from '../decide';
import { initialStockState } from '../initial-stock-state';
import type { StockState } from '../stock-state';
import { policyOfTen, stocked } from '../testing/stocked';

function withThreshold(state: StockState, lowStockThreshold: number | null) {
  return decide(state, { type: 'setThreshold', lowStockThreshold }, policyOfTen);
}

describe('setThreshold', () => {
  it('judges what is there at once', () => {
    const { state, events, movements } = withThreshold(stocked(15, 'IN_STOCK'), 20);
    expect(state).toMatchObject({ lowStockThreshold: 20, status: 'LOW_STOCK', onHand: 15 });
    expect(events.map((event) => event.type)).toEqual(['StockStatusChanged', 'LOW_STOCK']);
    expect(events[0]?.threshold).toEqual({ lowStockThreshold: 20, source: 'item', ruleId: null });
    expect(movements).toEqual([]);
  });

  it('with null leaves the item to the rules again', () => {
    const state = stocked(15, 'LOW_STOCK', { lowStockThreshold: 20 });
    expect(withThreshold(state, null)).toMatchObject({
      outcome: 'applied',
      state: { lowStockThreshold: null, status: 'IN_STOCK' },
      events: [{ type: 'StockStatusChanged', threshold: { source: 'default' } }],
    });
  });

  it('is stored also where no status follows from it', () => {
    expect(withThreshold(stocked(50, 'IN_STOCK'), 20)).toMatchObject({
      outcome: 'applied',
      state: { lowStockThreshold: 20, sequence: 7 },
      events: [],
    });
  });

  it('again changes nothing', () => {
    const state = stocked(50, 'IN_STOCK', { lowStockThreshold: 20 });
    expect(withThreshold(state, 20)).toMatchObject({ outcome: 'unchanged', state });
  });

  it('tells nothing of an item of which nothing is known', () => {
    expect(withThreshold(initialStockState(), 20)).toMatchObject({
      outcome: 'applied',
      state: { lowStockThreshold: 20, baselined: false, sequence: 0 },
      events: [],
    });
  });

  it.each([-1, 1.5, 2 ** 31])('rejects %d', (lowStockThreshold) => {
    expect(withThreshold(stocked(5, 'LOW_STOCK'), lowStockThreshold)).toMatchObject({
      outcome: 'rejected',
      reason: 'invalid_quantity',
    });
  });
});
