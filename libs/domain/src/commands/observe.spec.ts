import { initialStockState } from '../initial-stock-state';
import type { ObserveCommand } from '../stock-command';
import type { StockState } from '../stock-state';
import type { StockStatus } from '../thresholds/stock-status';
import { observe } from './observe';

const policy = { rule: null, defaultLowStockThreshold: 10, defaultHysteresis: 0 };

function stocked(onHand: number, status: StockStatus, rest: Partial<StockState> = {}): StockState {
  return { ...initialStockState(), baselined: true, sequence: 7, onHand, status, ...rest };
}

function observed(state: StockState, command: Omit<ObserveCommand, 'type'>, under = policy) {
  return observe(state, { type: 'observe', ...command }, under);
}

describe('observe: events of a change', () => {
  it.each([
    [50, 'IN_STOCK', 40, ['StockLevelChanged']],
    [
      50,
      'IN_STOCK',
      10,
      ['StockLevelChanged', 'StockStatusChanged', 'LOW_STOCK', 'LowStockThresholdReached'],
    ],
    [
      50,
      'IN_STOCK',
      0,
      ['StockLevelChanged', 'StockStatusChanged', 'OUT_OF_STOCK', 'LowStockThresholdReached'],
    ],
    [5, 'LOW_STOCK', 3, ['StockLevelChanged']],
    [10, 'LOW_STOCK', 9, ['StockLevelChanged']],
    [5, 'LOW_STOCK', 0, ['StockLevelChanged', 'StockStatusChanged', 'OUT_OF_STOCK']],
    [5, 'LOW_STOCK', 20, ['StockLevelChanged', 'StockStatusChanged']],
    [0, 'OUT_OF_STOCK', 5, ['StockLevelChanged', 'StockStatusChanged', 'BACK_IN_STOCK']],
    [0, 'OUT_OF_STOCK', 50, ['StockLevelChanged', 'StockStatusChanged', 'BACK_IN_STOCK']],
  ] as const)('%i %s to %i emits %j', (onHand, status, quantity, expected) => {
    const { outcome, events, state } = observed(stocked(onHand, status), { quantity });
    expect(outcome).toBe('applied');
    expect(events.map((event) => event.type)).toEqual(expected);
    expect(events.map((event) => event.sequence)).toEqual(expected.map((_, index) => 8 + index));
    expect(state.sequence).toBe(7 + expected.length);
    expect(state.onHand).toBe(quantity);
  });

  it('tells the numbers, the statuses and the threshold that decided', () => {
    const threshold = { lowStockThreshold: 20, source: 'rule', ruleId: 'rule-1' };
    const rule = { id: 'rule-1', lowStockThreshold: 20, hysteresis: 0 };
    const decision = observe(
      stocked(50, 'IN_STOCK'),
      { type: 'observe', quantity: 15, changeType: 'SALE' },
      { ...policy, rule },
    );
    const quantities = { previousQuantity: 50, newQuantity: 15, threshold };
    expect(decision.events).toEqual([
      {
        type: 'StockLevelChanged',
        changeType: 'SALE',
        quantityChanged: -35,
        sequence: 8,
        ...quantities,
      },
      {
        type: 'StockStatusChanged',
        oldStatus: 'IN_STOCK',
        newStatus: 'LOW_STOCK',
        sequence: 9,
        ...quantities,
      },
      { type: 'LOW_STOCK', sequence: 10, ...quantities },
      { type: 'LowStockThresholdReached', sequence: 11, ...quantities },
    ]);
    expect(decision.movements).toEqual([{ type: 'OUTBOUND', quantity: -35, reason: 'observed' }]);
  });

  it('judges what is available and reports on hand in the level event', () => {
    const { events } = observed(stocked(30, 'IN_STOCK', { reserved: 5 }), { quantity: 12 });
    expect(events.map((event) => [event.type, event.previousQuantity, event.newQuantity])).toEqual([
      ['StockLevelChanged', 30, 12],
      ['StockStatusChanged', 25, 7],
      ['LOW_STOCK', 25, 7],
      ['LowStockThresholdReached', 25, 7],
    ]);
  });

  it.each([
    ['PURCHASE', 'INBOUND'],
    ['SALE', 'OUTBOUND'],
    ['RETURN', 'RETURN'],
    ['ADJUSTMENT', 'ADJUSTMENT'],
    [undefined, 'ADJUSTMENT'],
  ] as const)('records %s as a movement %s', (changeType, type) => {
    const command = changeType === undefined ? {} : { changeType };
    const { movements } = observed(stocked(5, 'LOW_STOCK'), { quantity: 6, ...command });
    expect(movements).toEqual([{ type, quantity: 1, reason: 'observed' }]);
  });
});

describe('observe: a threshold of the message', () => {
  it('changes the status of an unchanged quantity without a level event', () => {
    const decision = observed(stocked(15, 'IN_STOCK'), { quantity: 15, lowStockThreshold: 20 });
    expect(decision.outcome).toBe('applied');
    expect(decision.events.map((event) => event.type)).toEqual(['StockStatusChanged', 'LOW_STOCK']);
    expect(decision.events[0]?.threshold.source).toBe('message');
    expect(decision.movements).toEqual([]);
  });

  it('is not stored', () => {
    const { state } = observed(stocked(15, 'IN_STOCK'), { quantity: 14, lowStockThreshold: 20 });
    expect(state.lowStockThreshold).toBeNull();
  });
});

describe('observe: first sight', () => {
  it.each([0, 3, 50])('of %i alone sets the baseline and tells nothing', (quantity) => {
    const decision = observed(initialStockState(), { quantity, changeType: 'PURCHASE' });
    expect(decision).toMatchObject({
      outcome: 'applied',
      events: [],
      movements: [{ type: 'ADJUSTMENT', quantity, reason: 'baseline' }],
      state: { onHand: quantity, baselined: true, sequence: 0 },
    });
  });

  it('with a previous quantity is a change from it', () => {
    const decision = observed(initialStockState(), {
      quantity: 4,
      previousQuantity: 12,
      changeType: 'SALE',
    });
    expect(decision.events.map((event) => event.type)).toEqual([
      'StockLevelChanged',
      'StockStatusChanged',
      'LOW_STOCK',
      'LowStockThresholdReached',
    ]);
    expect(decision.movements).toEqual([
      { type: 'ADJUSTMENT', quantity: 12, reason: 'baseline' },
      { type: 'OUTBOUND', quantity: -8, reason: 'observed' },
    ]);
    expect(decision.previousQuantityMismatch).toBe(false);
  });

  it('is judged afresh, whatever status the item was created with', () => {
    const state = { ...initialStockState(), status: 'LOW_STOCK' as const };
    const band = { ...policy, defaultHysteresis: 5 };
    expect(observed(state, { quantity: 12 }, band).state.status).toBe('IN_STOCK');
  });

  it('with the same previous quantity is a baseline', () => {
    const decision = observed(initialStockState(), { quantity: 4, previousQuantity: 4 });
    expect(decision).toMatchObject({ outcome: 'applied', events: [] });
    expect(decision.movements).toHaveLength(1);
  });
});

describe('observe: what changes nothing', () => {
  it('emits nothing but moves the position of the source', () => {
    const decision = observed(stocked(5, 'LOW_STOCK', { sourceSequence: 3 }), {
      quantity: 5,
      sequence: 9,
      occurredAt: 100,
    });
    expect(decision).toMatchObject({
      outcome: 'unchanged',
      events: [],
      movements: [],
      state: { sequence: 7, sourceSequence: 9, sourceOccurredAt: 100 },
    });
  });

  it('keeps the state when the update is stale', () => {
    const state = stocked(5, 'LOW_STOCK', { sourceSequence: 3 });
    const decision = observed(state, { quantity: 90, sequence: 2, previousQuantity: 1 });
    expect(decision).toEqual({
      outcome: 'stale',
      state,
      events: [],
      movements: [],
      previousQuantityMismatch: false,
    });
  });

  it('never moves the clock of the source back', () => {
    const state = stocked(5, 'LOW_STOCK', { sourceSequence: 3, sourceOccurredAt: 500 });
    const decision = observed(state, { quantity: 6, sequence: 4, occurredAt: 400 });
    expect(decision.state).toMatchObject({ sourceSequence: 4, sourceOccurredAt: 500 });
  });

  it('rejects less than what is reserved', () => {
    const state = stocked(9, 'LOW_STOCK', { reserved: 4 });
    expect(observed(state, { quantity: 3 })).toMatchObject({
      outcome: 'rejected',
      reason: 'below_reserved',
      state,
      events: [],
    });
    expect(observed(state, { quantity: 4 }).state.status).toBe('OUT_OF_STOCK');
  });
});

describe('observe: previous quantity of a known item', () => {
  it('is a cross-check that the stored one wins', () => {
    const decision = observed(stocked(50, 'IN_STOCK'), { quantity: 45, previousQuantity: 49 });
    expect(decision.previousQuantityMismatch).toBe(true);
    expect(decision.events[0]).toMatchObject({ previousQuantity: 50, newQuantity: 45 });
  });

  it('agrees silently', () => {
    const decision = observed(stocked(50, 'IN_STOCK'), { quantity: 45, previousQuantity: 50 });
    expect(decision.previousQuantityMismatch).toBe(false);
  });
});

describe('observe: a discontinued item', () => {
  it('goes on with levels and keeps its status', () => {
    const decision = observed(stocked(5, 'DISCONTINUED'), { quantity: 0 });
    expect(decision.events.map((event) => event.type)).toEqual(['StockLevelChanged']);
    expect(decision.state.status).toBe('DISCONTINUED');
  });

  it('keeps its status on first sight', () => {
    const state = { ...initialStockState(), status: 'DISCONTINUED' as const };
    expect(observed(state, { quantity: 5 }).state.status).toBe('DISCONTINUED');
  });
});
