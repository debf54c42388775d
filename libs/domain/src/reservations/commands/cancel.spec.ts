import { eventTypesOf } from '../../testing/event-types-of';
import { heldBy, NOW_MS, sliceOf } from '../../testing/slice-of';
import { stocked } from '../../testing/stocked';
import type { Reservation } from '../reservation';
import type { CancelCommand } from '../reservation-command';
import { cancel } from './cancel';

const items = {
  a: stocked(3, 'OUT_OF_STOCK', { reserved: 3 }),
  b: stocked(50, 'IN_STOCK', { reserved: 5 }),
};
const second = heldBy({ id: 'r2', itemId: 'b', quantity: 5 });
const overdue = heldBy({ expiresAtMs: NOW_MS });

function cancelled(reservations: readonly Reservation[], quantity?: number) {
  const reservationIds = reservations.map(({ id }) => id);
  return cancel(sliceOf(items, reservations), { type: 'cancel', reservationIds, quantity });
}

function cancelledOrder(reservations: readonly Reservation[], rest: Partial<CancelCommand> = {}) {
  const command = { type: 'cancel', orderId: 'o1', ...rest } as CancelCommand;
  return cancel(sliceOf(items, reservations), command);
}

describe('cancel', () => {
  it('gives back all that an order holds', () => {
    const decision = cancelledOrder([heldBy(), second]);
    expect(decision.outcome).toBe('cancelled');
    expect(decision.reservations).toMatchObject([{ status: 'CANCELLED' }, { status: 'CANCELLED' }]);
    expect(decision.updated).toEqual(decision.reservations);
    expect(eventTypesOf(decision)).toEqual([
      'a:8 InventoryReleased',
      'a:9 StockStatusChanged',
      'a:10 BACK_IN_STOCK',
      'b:8 InventoryReleased',
    ]);
    expect(decision.events[0]?.event).toMatchObject({
      quantityReleased: 3,
      availableQuantityAfterRelease: 3,
      reasonForRelease: 'ORDER_CANCELLED',
    });
    expect(decision.movements).toEqual([]);
    expect(decision.items.get('a')).toMatchObject({ onHand: 3, reserved: 0 });
  });

  it('of a part keeps the rest held', () => {
    const decision = cancelledOrder([heldBy(), second], { itemId: 'b', quantity: 2 });
    expect(decision.outcome).toBe('released');
    expect(decision.reservations).toEqual([{ ...second, quantity: 3 }]);
    expect(decision.items.get('b')?.reserved).toBe(3);
  });

  it('of a part that is all of it ends the hold', () => {
    expect(cancelled([second], 5)).toMatchObject({
      outcome: 'cancelled',
      updated: [{ status: 'CANCELLED', quantity: 5 }],
    });
  });

  it.each([
    [[second], 6, 'exceeds_reserved'],
    [[second], 0, 'invalid'],
    [[second], -1, 'invalid'],
    [[heldBy(), second], 1, 'invalid'],
  ] as const)('of %j in part %d is refused: %s', (holds, quantity, outcome) => {
    expect(cancelled(holds, quantity)).toMatchObject({ outcome, updated: [], events: [] });
  });

  it.each([
    ['COMMITTED', 'already_committed'],
    ['CANCELLED', 'already_cancelled'],
    ['EXPIRED', 'expired'],
  ] as const)('of one that is %s answers %s', (status, outcome) => {
    const ended = heldBy({ status });
    const answer = { outcome, reservations: [ended], updated: [], events: [] };
    expect(cancelled([ended])).toMatchObject(answer);
    expect(cancelledOrder([ended])).toMatchObject(answer);
  });

  it('expires a hold whose time has passed instead', () => {
    const decision = cancelled([overdue]);
    expect(decision).toMatchObject({ outcome: 'expired', updated: [{ status: 'EXPIRED' }] });
    expect(decision.events[0]?.event).toMatchObject({ reasonForRelease: 'RESERVATION_EXPIRED' });
  });

  it('gives back the others where one ended unsold', () => {
    expect(cancelled([overdue, second])).toMatchObject({
      outcome: 'cancelled',
      updated: [
        { id: 'r1', status: 'EXPIRED' },
        { id: 'r2', status: 'CANCELLED' },
      ],
    });
    const ended = heldBy({ status: 'CANCELLED' });
    expect(cancelled([ended, second])).toMatchObject({ outcome: 'cancelled' });
  });

  it('touches none of those named where one was sold', () => {
    const sold = heldBy({ status: 'COMMITTED' });
    expect(cancelled([second, sold])).toMatchObject({ outcome: 'already_committed', updated: [] });
  });

  it('of an order means what it still holds', () => {
    const sold = heldBy({ id: 'r0', status: 'COMMITTED' });
    expect(cancelledOrder([sold, overdue, second])).toMatchObject({
      outcome: 'cancelled',
      updated: [{ id: 'r2', status: 'CANCELLED' }],
    });
    expect(cancelledOrder([sold, overdue]).outcome).toBe('already_committed');
  });

  it('says how an order ended last', () => {
    const history = (['EXPIRED', 'CANCELLED'] as const).map((status) => heldBy({ status }));
    expect(cancelledOrder(history).outcome).toBe('already_cancelled');
    expect(cancelledOrder([...history].reverse()).outcome).toBe('expired');
  });

  it('does not find what is not there', () => {
    expect(cancelledOrder([]).outcome).toBe('not_found');
  });
});
