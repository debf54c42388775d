import { decide } from '../decide';
import { initialStockState } from '../initial-stock-state';
import { MAX_QUANTITY } from '../quantities/max-quantity';
import { policyOfTen, stocked } from '../testing/stocked';

describe.each([
  ['receive', 'PURCHASE', 'INBOUND', 'received'],
  ['return', 'RETURN', 'RETURN', 'returned'],
] as const)('%s', (type, changeType, movementType, reason) => {
  it('adds to what is there', () => {
    const decision = decide(stocked(0, 'OUT_OF_STOCK'), { type, quantity: 12 }, policyOfTen);
    expect(decision.state).toMatchObject({ onHand: 12, status: 'IN_STOCK' });
    expect(decision.events.map((event) => event.type)).toEqual([
      'StockLevelChanged',
      'StockStatusChanged',
      'BACK_IN_STOCK',
    ]);
    expect(decision.events[0]).toMatchObject({ changeType, quantityChanged: 12 });
    expect(decision.movements).toEqual([{ type: movementType, quantity: 12, reason }]);
  });

  it('is the first stock of an item of which nothing was known', () => {
    const decision = decide(initialStockState(), { type, quantity: 3 }, policyOfTen);
    expect(decision.state).toMatchObject({ onHand: 3, baselined: true, sequence: 3 });
    expect(decision.events[0]).toMatchObject({ previousQuantity: 0, newQuantity: 3, sequence: 1 });
    expect(decision.movements).toHaveLength(1);
  });

  it.each([0, -1, 0.5, Number.NaN, MAX_QUANTITY + 1])('rejects a quantity of %d', (quantity) => {
    const state = stocked(5, 'LOW_STOCK');
    const expected = { outcome: 'rejected', reason: 'invalid_quantity', state };
    expect(decide(state, { type, quantity }, policyOfTen)).toMatchObject(expected);
  });

  it('rejects more than can be stored', () => {
    const decision = decide(stocked(1, 'LOW_STOCK'), { type, quantity: MAX_QUANTITY }, policyOfTen);
    expect(decision).toMatchObject({ outcome: 'rejected', reason: 'quantity_too_large' });
  });
});
