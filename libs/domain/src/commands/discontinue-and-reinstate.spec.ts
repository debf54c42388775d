import { decide } from '../decide';
import { initialStockState } from '../initial-stock-state';
import { policyOfTen, stocked } from '../testing/stocked';

describe('discontinue', () => {
  it('sets the status by hand, which is no crossing', () => {
    expect(decide(stocked(15, 'IN_STOCK'), { type: 'discontinue' }, policyOfTen)).toMatchObject({
      outcome: 'applied',
      state: { status: 'DISCONTINUED', onHand: 15, sequence: 8 },
      events: [{ type: 'StockStatusChanged', oldStatus: 'IN_STOCK', newStatus: 'DISCONTINUED' }],
      movements: [],
    });
  });

  it('again changes nothing', () => {
    const state = stocked(15, 'DISCONTINUED');
    const decision = decide(state, { type: 'discontinue' }, policyOfTen);
    expect(decision).toMatchObject({ outcome: 'unchanged', state });
  });

  it('tells nothing of an item of which nothing is known', () => {
    expect(decide(initialStockState(), { type: 'discontinue' }, policyOfTen)).toMatchObject({
      outcome: 'applied',
      state: { status: 'DISCONTINUED', baselined: false, sequence: 0 },
      events: [],
    });
  });
});

describe('reinstate', () => {
  it.each([
    [0, 'OUT_OF_STOCK'],
    [10, 'LOW_STOCK'],
    [11, 'IN_STOCK'],
  ] as const)('judges %i afresh as %s, band or not', (onHand, newStatus) => {
    const policy = { ...policyOfTen, defaultHysteresis: 5 };
    const decision = decide(stocked(onHand, 'DISCONTINUED'), { type: 'reinstate' }, policy);
    expect(decision.state.status).toBe(newStatus);
    expect(decision.events).toMatchObject([
      { type: 'StockStatusChanged', oldStatus: 'DISCONTINUED', newStatus },
    ]);
  });

  it('leaves an item that is on sale alone', () => {
    const state = stocked(15, 'LOW_STOCK');
    const decision = decide(state, { type: 'reinstate' }, policyOfTen);
    expect(decision).toMatchObject({ outcome: 'unchanged', state });
  });
});
