import { MAX_QUANTITY } from '../../quantities/max-quantity';
import { eventTypesOf } from '../../testing/event-types-of';
import { heldBy, NOW_MS, sliceOf } from '../../testing/slice-of';
import { stocked } from '../../testing/stocked';
import type { Reservation } from '../reservation';
import { restock } from './restock';

const items = {
  a: stocked(0, 'OUT_OF_STOCK'),
  b: stocked(50, 'IN_STOCK', { reserved: 5 }),
};
const sold = heldBy({ status: 'COMMITTED' });
const held = heldBy({ id: 'r2', itemId: 'b', quantity: 5 });

const restocked = (reservations: readonly Reservation[], stock = items) =>
  restock(sliceOf(stock, reservations), { type: 'restock', orderId: 'o1' });

describe('restock', () => {
  it('returns what was sold and releases what is held', () => {
    const decision = restocked([sold, held, heldBy({ id: 'r9', orderId: 'o2' })]);
    expect(decision.outcome).toBe('restocked');
    expect(decision.updated).toEqual([
      { ...held, status: 'CANCELLED' },
      { ...sold, isReturned: true },
    ]);
    expect(eventTypesOf(decision)).toEqual([
      'a:8 StockLevelChanged',
      'a:9 StockStatusChanged',
      'a:10 BACK_IN_STOCK',
      'b:8 InventoryReleased',
    ]);
    expect(decision.events[0]?.event).toMatchObject({
      changeType: 'RETURN',
      previousQuantity: 0,
      newQuantity: 3,
    });
    expect(decision.movements).toEqual([
      {
        itemId: 'a',
        movement: { type: 'RETURN', quantity: 3, reason: 'returned', reference: 'o1' },
      },
    ]);
  });

  it('of an order that only holds is a cancellation', () => {
    const decision = restocked([held]);
    expect(decision).toMatchObject({ outcome: 'cancelled', movements: [] });
    expect(decision.items.get('b')).toMatchObject({ onHand: 50, reserved: 0 });
  });

  it('adds up two sales of one item', () => {
    const decision = restocked([sold, { ...sold, id: 'r3', quantity: 4 }]);
    expect(decision.items.get('a')).toMatchObject({ onHand: 7 });
    expect(decision.movements.map(({ movement }) => movement.quantity)).toEqual([3, 4]);
  });

  it.each([
    ['returned before', { status: 'COMMITTED', isReturned: true }, 'already_cancelled'],
    ['cancelled before', { status: 'CANCELLED' }, 'already_cancelled'],
    ['expired', { status: 'EXPIRED' }, 'expired'],
  ] as const)('does nothing for what was %s', (_what, rest, outcome) => {
    const ended = heldBy(rest);
    const nothing = { updated: [], events: [], movements: [] };
    expect(restocked([ended])).toMatchObject({ outcome, reservations: [ended], ...nothing });
  });

  it('expires a hold whose time has passed, and returns what was sold beside it', () => {
    const decision = restocked([sold, { ...held, expiresAtMs: NOW_MS }]);
    expect(decision.outcome).toBe('restocked');
    expect(decision.updated).toMatchObject([{ status: 'EXPIRED' }, { isReturned: true }]);
  });

  it('refuses what could not be stored, and then releases nothing either', () => {
    const full = { ...items, a: stocked(MAX_QUANTITY - 2, 'IN_STOCK') };
    expect(restocked([sold, held], full)).toMatchObject({
      outcome: 'quantity_too_large',
      updated: [],
      events: [],
      movements: [],
    });
  });

  it('does not find what is not there', () => {
    expect(restocked([]).outcome).toBe('not_found');
  });
});
