import { eventTypesOf } from '../../testing/event-types-of';
import { heldBy, NOW_MS, sliceOf } from '../../testing/slice-of';
import { stocked } from '../../testing/stocked';
import type { Reservation } from '../reservation';
import { commit } from './commit';

const items = {
  a: stocked(12, 'LOW_STOCK', { reserved: 3 }),
  b: stocked(50, 'IN_STOCK', { reserved: 5 }),
};
const second = heldBy({ id: 'r2', itemId: 'b', quantity: 5 });
const overdue = { expiresAtMs: NOW_MS };

function committed(reservations: Reservation[], quantity?: number) {
  const reservationIds = reservations.map(({ id }) => id);
  return commit(sliceOf(items, reservations), { type: 'commit', reservationIds, quantity });
}

describe('commit', () => {
  it('sells all that an order holds', () => {
    const cancelled = heldBy({ id: 'r0', status: 'CANCELLED' });
    const other = heldBy({ id: 'r9', orderId: 'o2' });
    const slice = sliceOf(items, [cancelled, heldBy(), second, other]);
    const decision = commit(slice, { type: 'commit', orderId: 'o1' });
    expect(decision.outcome).toBe('committed');
    expect(decision.updated).toEqual([
      { ...heldBy(), status: 'COMMITTED' },
      { ...second, status: 'COMMITTED' },
    ]);
    expect(decision.reservations).toEqual(decision.updated);
    expect(eventTypesOf(decision)).toEqual([
      'a:8 InventoryCommitted',
      'a:9 StockLevelChanged',
      'b:8 InventoryCommitted',
      'b:9 StockLevelChanged',
    ]);
    expect(decision.events.slice(0, 2).map(({ event }) => event)).toMatchObject([
      {
        orderId: 'o1',
        userId: 'u1',
        reservationId: 'r1',
        quantityCommitted: 3,
        availableQuantityAfterCommit: 9,
        previousQuantity: 9,
        newQuantity: 9,
      },
      { changeType: 'SALE', quantityChanged: -3, previousQuantity: 12, newQuantity: 9 },
    ]);
    expect(decision.movements[0]).toEqual({
      itemId: 'a',
      movement: { type: 'OUTBOUND', quantity: -3, reason: 'committed', reference: 'o1' },
    });
    expect(decision.items.get('a')).toMatchObject({ onHand: 9, reserved: 0, status: 'LOW_STOCK' });
  });

  it('of one item of an order leaves the others held', () => {
    const slice = sliceOf(items, [heldBy(), second]);
    const decision = commit(slice, { type: 'commit', orderId: 'o1', itemId: 'b' });
    expect(decision.updated.map(({ id }) => id)).toEqual(['r2']);
  });

  it('of a part releases the rest', () => {
    const decision = committed([heldBy()], 1);
    expect(decision.updated).toEqual([{ ...heldBy(), quantity: 1, status: 'COMMITTED' }]);
    expect(eventTypesOf(decision)).toEqual([
      'a:8 InventoryCommitted',
      'a:9 InventoryReleased',
      'a:10 StockLevelChanged',
      'a:11 StockStatusChanged',
    ]);
    expect(decision.events[1]?.event).toMatchObject({
      quantityReleased: 2,
      availableQuantityAfterRelease: 11,
      reasonForRelease: 'ORDER_COMPLETED_ADJUSTMENT',
    });
    expect(decision.items.get('a')).toMatchObject({ onHand: 11, reserved: 0, status: 'IN_STOCK' });
  });

  it.each([
    [[heldBy()], 4, 'exceeds_reserved'],
    [[heldBy()], 0, 'invalid'],
    [[heldBy()], 0.5, 'invalid'],
    [[heldBy(), second], 1, 'invalid'],
  ] as const)('of %j in part %d is refused: %s', (holds, quantity, outcome) => {
    const decision = committed([...holds], quantity);
    expect(decision).toMatchObject({ outcome, updated: [], events: [], reservations: holds });
  });

  it.each([
    ['COMMITTED', 'already_committed'],
    ['CANCELLED', 'already_cancelled'],
    ['EXPIRED', 'expired'],
  ] as const)('of one that is %s answers %s', (status, outcome) => {
    const ended = heldBy({ status });
    expect(committed([ended])).toMatchObject({
      outcome,
      reservations: [ended],
      updated: [],
      events: [],
    });
    const byOrder = commit(sliceOf(items, [ended]), { type: 'commit', orderId: 'o1' });
    expect(byOrder).toMatchObject({ outcome, reservations: [ended], updated: [] });
  });

  it('of a hold whose time has passed is refused before any sweep, and expires it', () => {
    const decision = committed([heldBy(overdue)]);
    expect(decision.outcome).toBe('expired');
    expect(decision.reservations).toEqual([{ ...heldBy(overdue), status: 'EXPIRED' }]);
    expect(decision.updated).toEqual(decision.reservations);
    expect(eventTypesOf(decision)).toEqual(['a:8 InventoryReleased', 'a:9 StockStatusChanged']);
    expect(decision.movements).toEqual([]);
  });

  it('of an order sells what it still holds, and names all that expired where it holds nothing', () => {
    const gone = [heldBy(overdue), heldBy({ id: 'r0', status: 'EXPIRED' })];
    const rest = commit(sliceOf(items, [...gone, second]), { type: 'commit', orderId: 'o1' });
    expect(rest).toMatchObject({ outcome: 'committed', updated: [{ id: 'r2' }] });
    const nothing = commit(sliceOf(items, gone), { type: 'commit', orderId: 'o1' });
    expect(nothing).toMatchObject({
      outcome: 'expired',
      updated: [{ id: 'r1' }],
      reservations: [
        { id: 'r1', status: 'EXPIRED' },
        { id: 'r0', status: 'EXPIRED' },
      ],
    });
  });

  it('is possible until the last instant', () => {
    expect(committed([heldBy({ expiresAtMs: NOW_MS + 1 })]).outcome).toBe('committed');
  });

  it.each([
    ['expired', heldBy(overdue)],
    ['already_cancelled', heldBy({ status: 'CANCELLED' })],
  ] as const)('of several sells none when one is %s', (outcome, bad) => {
    const decision = committed([second, bad]);
    expect(decision.outcome).toBe(outcome);
    expect(decision.reservations[0]).toEqual(second);
    expect(decision.items.has('b')).toBe(false);
  });

  it('of several goes on from those that were sold before', () => {
    const decision = committed([heldBy({ status: 'COMMITTED' }), second]);
    expect(decision).toMatchObject({ outcome: 'committed', updated: [{ id: 'r2' }] });
  });

  it('does not find what is not there, not even in part', () => {
    const slice = sliceOf(items, [heldBy()]);
    expect(commit(slice, { type: 'commit', orderId: 'nobody' }).outcome).toBe('not_found');
    expect(commit(slice, { type: 'commit', reservationIds: [] }).outcome).toBe('not_found');
    const some = commit(slice, { type: 'commit', reservationIds: ['r1', 'zz'] });
    expect(some).toMatchObject({ outcome: 'not_found', updated: [] });
  });
});
