import { decide } from '../decide';
import { initialStockState } from '../initial-stock-state';
import { MAX_QUANTITY } from '../quantities/max-quantity';
import type { AdjustCommand } from '../stock-command';
import { policyOfTen, stocked } from '../testing/stocked';

function adjusted(state = stocked(20, 'IN_STOCK'), terms: Partial<AdjustCommand>) {
  return decide(state, { type: 'adjust', ...terms } as AdjustCommand, policyOfTen);
}

describe('adjust', () => {
  it.each([{ delta: -15 }, { setTo: 5 }, { setTo: 5, expectedQuantity: 20 }])(
    'by %j changes the level and what follows from it',
    (terms) => {
      const { outcome, state, events, movements } = adjusted(undefined, terms);
      expect(outcome).toBe('applied');
      expect(state).toMatchObject({ onHand: 5, status: 'LOW_STOCK', sequence: 11 });
      expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([
        ['StockLevelChanged', 8],
        ['StockStatusChanged', 9],
        ['LOW_STOCK', 10],
        ['LowStockThresholdReached', 11],
      ]);
      expect(events[0]).toMatchObject({ changeType: 'ADJUSTMENT', quantityChanged: -15 });
      expect(movements).toEqual([{ type: 'ADJUSTMENT', quantity: -15, reason: 'adjusted' }]);
    },
  );

  it.each([
    [{ reason: 'DAMAGE' }, 'DAMAGE', 'damaged', 'ADJUSTMENT'],
    [{ reason: 'LOSS' }, 'ADJUSTMENT', 'lost', 'ADJUSTMENT'],
    [{ reason: 'FOUND' }, 'ADJUSTMENT', 'found', 'ADJUSTMENT'],
    [{ changeType: 'SALE' }, 'OUTBOUND', 'adjusted', 'SALE'],
    [{ reason: 'DAMAGE', changeType: 'RETURN' }, 'DAMAGE', 'damaged', 'RETURN'],
  ] as const)('for %j moves %s', (terms, type, reason, changeType) => {
    const { movements, events } = adjusted(undefined, { delta: -1, ...terms });
    expect(movements).toEqual([{ type, quantity: -1, reason }]);
    expect(events[0]).toMatchObject({ changeType });
  });

  it('to a quantity is stale where another than expected is there', () => {
    const state = stocked(20, 'IN_STOCK');
    expect(adjusted(state, { setTo: 5, expectedQuantity: 21 })).toMatchObject({
      outcome: 'stale',
      state,
      events: [],
      movements: [],
    });
  });

  it.each([
    [{ delta: -21 }, 0, 'insufficient_stock'],
    [{ delta: -16 }, 5, 'below_reserved'],
    [{ setTo: 4 }, 5, 'below_reserved'],
    [{ setTo: -1 }, 0, 'invalid_quantity'],
    [{ setTo: 1.5 }, 0, 'invalid_quantity'],
    [{ delta: Number.NaN }, 0, 'invalid_quantity'],
    [{ delta: MAX_QUANTITY }, 0, 'quantity_too_large'],
    [{ setTo: MAX_QUANTITY + 1 }, 0, 'invalid_quantity'],
  ] as const)('by %j with %i reserved is rejected: %s', (terms, reserved, reason) => {
    const state = stocked(20, 'IN_STOCK', { reserved });
    expect(adjusted(state, terms)).toMatchObject({ outcome: 'rejected', reason, state });
  });

  it.each([{ delta: 0 }, { setTo: 20 }])('by %j changes nothing', (terms) => {
    const state = stocked(20, 'IN_STOCK');
    expect(adjusted(state, terms)).toMatchObject({ outcome: 'unchanged', state, events: [] });
  });

  it('can take all that is not reserved', () => {
    const { state } = adjusted(stocked(20, 'IN_STOCK', { reserved: 5 }), { delta: -15 });
    expect(state).toMatchObject({ onHand: 5, reserved: 5, status: 'OUT_OF_STOCK' });
  });

  it('takes the first count of an item as its baseline', () => {
    expect(adjusted(initialStockState(), { setTo: 30, expectedQuantity: 0 })).toMatchObject({
      outcome: 'applied',
      events: [],
      movements: [{ type: 'ADJUSTMENT', quantity: 30, reason: 'baseline' }],
      state: { onHand: 30, status: 'IN_STOCK', baselined: true },
    });
  });
});
