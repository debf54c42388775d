import { decide } from '../decide';
import { policyOfTen, stocked } from '../testing/stocked';

const found = { onHand: 20, movementTotal: 18, reserved: 3, pendingTotal: 5 };

describe('reportDrift', () => {
  it('tells what was found as the next event of the item, and changes no quantity', () => {
    const before = stocked(21, 'IN_STOCK');
    const decision = decide(before, { type: 'reportDrift', ...found }, policyOfTen);
    expect(decision).toMatchObject({ outcome: 'applied', movements: [] });
    expect(decision.state).toEqual({ ...before, sequence: before.sequence + 1 });
    expect(decision.events).toEqual([
      {
        type: 'StockDriftDetected',
        sequence: before.sequence + 1,
        previousQuantity: 21,
        newQuantity: 21,
        threshold: { lowStockThreshold: 10, source: 'default', ruleId: null },
        ...found,
      },
    ]);
  });
});
