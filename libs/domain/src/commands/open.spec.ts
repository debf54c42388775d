import { decide } from '../decide';
import { initialStockState } from '../initial-stock-state';
import { MAX_QUANTITY } from '../quantities/max-quantity';
import type { OpenCommand } from '../stock-command';
import { policyOfTen, stocked } from '../testing/stocked';

const open = (state = initialStockState(), rest: Partial<OpenCommand> = {}) =>
  decide(state, { type: 'open', quantity: 0, ...rest }, policyOfTen);

describe('open', () => {
  it.each([
    [0, 'OUT_OF_STOCK'],
    [4, 'LOW_STOCK'],
    [20, 'IN_STOCK'],
  ] as const)('makes %d units the baseline, and tells nothing', (quantity, status) => {
    const decision = open(undefined, { quantity });
    expect(decision).toMatchObject({ outcome: 'applied', events: [] });
    expect(decision.state).toMatchObject({ onHand: quantity, status, baselined: true });
    expect(decision.movements).toEqual([{ type: 'ADJUSTMENT', quantity, reason: 'baseline' }]);
  });

  it('judges the first quantity by the threshold that comes with it', () => {
    const { state } = open(undefined, { quantity: 20, lowStockThreshold: 30 });
    expect(state).toMatchObject({ lowStockThreshold: 30, status: 'LOW_STOCK', sequence: 0 });
  });

  it('leaves a quantity that is known already alone', () => {
    const known = stocked(7, 'LOW_STOCK', { sourceSequence: 3 });
    expect(open(known, { quantity: 100 })).toMatchObject({ outcome: 'unchanged', state: known });
  });

  it('gives a known item its threshold, and judges it at once', () => {
    const decision = open(stocked(7, 'LOW_STOCK'), { lowStockThreshold: 5 });
    expect(decision.state).toMatchObject({ onHand: 7, lowStockThreshold: 5, status: 'IN_STOCK' });
    expect(decision.events.map((event) => event.type)).toEqual(['StockStatusChanged']);
    expect(decision.movements).toEqual([]);
  });

  it.each([
    [{ quantity: -1 }],
    [{ quantity: 0.5 }],
    [{ quantity: MAX_QUANTITY + 1 }],
    [{ lowStockThreshold: -1 }],
  ])('rejects %j', (rest) => {
    const expected = { outcome: 'rejected', reason: 'invalid_quantity' };
    expect(open(undefined, rest)).toMatchObject(expected);
    expect(open(stocked(7, 'LOW_STOCK'), rest)).toMatchObject(expected);
  });
});
