import { MAX_QUANTITY } from '../../quantities/max-quantity';
import { eventTypesOf } from '../../testing/event-types-of';
import { countingIds, heldBy, NOW_MS, sliceOf } from '../../testing/slice-of';
import { stocked } from '../../testing/stocked';
import type { ReserveCommand } from '../reservation-command';
import type { ReservationSlice } from '../reservation-slice';
import { reserve } from './reserve';

const TTL_MS = 900_000;

function reserved(slice: ReservationSlice, command: Partial<ReserveCommand> = {}) {
  const lines = [{ itemId: 'a', quantity: 3 }];
  return reserve(
    slice,
    { type: 'reserve', orderId: 'o1', ttlMs: TTL_MS, lines, ...command },
    countingIds(),
  );
}

const overdueOfOther = heldBy({ id: 'x', orderId: 'other', expiresAtMs: NOW_MS });

describe('reserve', () => {
  it('holds every line of an order', () => {
    const slice = sliceOf({ a: stocked(50, 'IN_STOCK'), b: stocked(12, 'IN_STOCK') });
    const decision = reserved(slice, {
      userId: 'u1',
      lines: [
        { itemId: 'a', quantity: 1 },
        { itemId: 'b', quantity: 4 },
        { itemId: 'a', quantity: 2 },
      ],
    });
    const terms = {
      orderId: 'o1',
      userId: 'u1',
      status: 'PENDING',
      expiresAtMs: NOW_MS + TTL_MS,
      isReturned: false,
    };
    expect(decision).toMatchObject({ outcome: 'reserved', shortages: [], updated: [] });
    expect(decision.created).toEqual([
      { id: 'n1', itemId: 'a', quantity: 3, ...terms },
      { id: 'n2', itemId: 'b', quantity: 4, ...terms },
    ]);
    expect(decision.reservations).toEqual(decision.created);
    expect(eventTypesOf(decision)).toEqual([
      'a:8 InventoryReserved',
      'b:8 InventoryReserved',
      'b:9 StockStatusChanged',
      'b:10 LOW_STOCK',
      'b:11 LowStockThresholdReached',
    ]);
    expect(decision.events[1]?.event).toEqual({
      type: 'InventoryReserved',
      orderId: 'o1',
      userId: 'u1',
      reservationId: 'n2',
      quantityReserved: 4,
      availableQuantityAfterReservation: 8,
      previousQuantity: 12,
      newQuantity: 8,
      threshold: { lowStockThreshold: 10, source: 'default', ruleId: null },
      sequence: 8,
    });
    expect(decision.items.get('b')).toMatchObject({
      onHand: 12,
      reserved: 4,
      status: 'LOW_STOCK',
      sequence: 11,
    });
    expect(decision.movements).toEqual([]);
  });

  it('holds nothing when a line is short, and names each that is', () => {
    const slice = sliceOf({
      a: stocked(2, 'LOW_STOCK'),
      b: stocked(50, 'IN_STOCK'),
      c: stocked(9, 'LOW_STOCK', { reserved: 9 }),
    });
    const decision = reserved(slice, {
      lines: ['a', 'b', 'c'].map((itemId) => ({ itemId, quantity: 3 })),
    });
    expect(decision).toMatchObject({ outcome: 'insufficient_stock', created: [], updated: [] });
    expect(decision.shortages).toEqual([
      { itemId: 'a', requested: 3, available: 2, reason: 'INSUFFICIENT_STOCK' },
      { itemId: 'c', requested: 3, available: 0, reason: 'INSUFFICIENT_STOCK' },
    ]);
    expect(eventTypesOf(decision)).toEqual([
      'a:8 InventoryReservationFailed',
      'c:8 InventoryReservationFailed',
    ]);
    expect(decision.events[0]?.event).toMatchObject({
      orderId: 'o1',
      userId: null,
      quantityAttempted: 3,
      reasonForFailure: 'INSUFFICIENT_STOCK',
      previousQuantity: 2,
      newQuantity: 2,
    });
    expect(decision.items.get('a')).toEqual(stocked(2, 'LOW_STOCK', { sequence: 8 }));
    expect(decision.items.has('b')).toBe(false);
  });

  it('adds up lines of the same item before it compares', () => {
    const lines = [2, 2].map((quantity) => ({ itemId: 'a', quantity }));
    const { shortages } = reserved(sliceOf({ a: stocked(3, 'LOW_STOCK') }), { lines });
    expect(shortages).toMatchObject([{ itemId: 'a', requested: 4, available: 3 }]);
  });

  it('caps the quantity of an event that many lines exceed together', () => {
    const lines = [MAX_QUANTITY, MAX_QUANTITY].map((quantity) => ({ itemId: 'a', quantity }));
    const { events, shortages } = reserved(sliceOf({ a: stocked(3, 'LOW_STOCK') }), { lines });
    expect(shortages[0]?.requested).toBe(2 * MAX_QUANTITY);
    expect(events[0]?.event).toMatchObject({ quantityAttempted: MAX_QUANTITY });
  });

  it('does not find an unknown item, whose failure nothing numbers', () => {
    const lines = ['a', 'z'].map((itemId) => ({ itemId, quantity: 3 }));
    const decision = reserved(sliceOf({ a: stocked(2, 'LOW_STOCK') }), { lines });
    expect(decision.outcome).toBe('not_found');
    expect(decision.shortages.map(({ itemId, reason }) => [itemId, reason])).toEqual([
      ['a', 'INSUFFICIENT_STOCK'],
      ['z', 'PRODUCT_NOT_FOUND'],
    ]);
    expect(eventTypesOf(decision)).toEqual(['a:8 InventoryReservationFailed']);
  });

  it('refuses a discontinued item, but not what the order holds of it', () => {
    const slice = sliceOf({ a: stocked(20, 'DISCONTINUED', { reserved: 3 }) }, [heldBy()]);
    const more = reserved(slice, { lines: [{ itemId: 'a', quantity: 4 }] });
    expect(more).toMatchObject({
      outcome: 'discontinued',
      shortages: [{ requested: 4, available: 3, reason: 'PRODUCT_DISCONTINUED' }],
      created: [],
      updated: [],
    });
    const less = reserved(slice, { lines: [{ itemId: 'a', quantity: 2 }] });
    expect(less.outcome).toBe('reserved');
    expect(less.items.get('a')).toMatchObject({ reserved: 2, status: 'DISCONTINUED' });
  });

  it.each<Partial<ReserveCommand>>([
    { lines: [] },
    { lines: [{ itemId: 'a', quantity: 0 }] },
    { lines: [{ itemId: 'a', quantity: 1.5 }] },
    { lines: [{ itemId: 'a', quantity: -1 }] },
    { ttlMs: 0 },
    { ttlMs: Number.POSITIVE_INFINITY },
  ])('finds %j invalid', (command) => {
    const decision = reserved(sliceOf({ a: stocked(9, 'LOW_STOCK') }), command);
    expect(decision).toMatchObject({ outcome: 'invalid', created: [], events: [] });
    expect(decision.items.size).toBe(0);
  });

  it('fails for want of a locked item rather than guess', () => {
    const slice = sliceOf({ b: stocked(9, 'LOW_STOCK') }, [heldBy()]);
    expect(() => reserved(slice, { lines: [{ itemId: 'b', quantity: 1 }] })).toThrow(/item a/);
  });
});

describe('reserve: overdue holds', () => {
  const full = stocked(3, 'OUT_OF_STOCK', { reserved: 3 });

  it('of others are reclaimed where stock is short of', () => {
    const decision = reserved(sliceOf({ a: full }, [overdueOfOther]));
    expect(decision.outcome).toBe('reserved');
    expect(decision.updated).toEqual([{ ...overdueOfOther, status: 'EXPIRED' }]);
    expect(decision.reservations.map(({ id }) => id)).toEqual(['n1']);
    // No unit was ever to be had in between, so nothing came back in stock.
    expect(eventTypesOf(decision)).toEqual(['a:8 InventoryReleased', 'a:9 InventoryReserved']);
    expect(decision.events[0]?.event).toMatchObject({
      orderId: 'other',
      userId: 'u1',
      reservationId: 'x',
      quantityReleased: 3,
      availableQuantityAfterRelease: 3,
      reasonForRelease: 'RESERVATION_EXPIRED',
    });
    expect(decision.items.get('a')).toMatchObject({ reserved: 3, status: 'OUT_OF_STOCK' });
  });

  it('of others stay where stock suffices', () => {
    const plenty = stocked(50, 'IN_STOCK', { reserved: 3 });
    expect(reserved(sliceOf({ a: plenty }, [overdueOfOther])).updated).toEqual([]);
  });

  it('stay reclaimed where they do not suffice either', () => {
    const lines = [{ itemId: 'a', quantity: 4 }];
    const decision = reserved(sliceOf({ a: full }, [overdueOfOther]), { lines });
    expect(decision).toMatchObject({ outcome: 'insufficient_stock', created: [] });
    expect(decision.shortages).toMatchObject([{ requested: 4, available: 3 }]);
    expect(eventTypesOf(decision)).toEqual([
      'a:8 InventoryReleased',
      'a:9 InventoryReservationFailed',
      'a:10 StockStatusChanged',
      'a:11 BACK_IN_STOCK',
    ]);
  });

  it('of the order itself expire, however much there is', () => {
    const slice = sliceOf({ a: stocked(50, 'IN_STOCK', { reserved: 3 }) }, [
      heldBy({ expiresAtMs: NOW_MS }),
    ]);
    const decision = reserved(slice);
    expect(decision.updated).toMatchObject([{ id: 'r1', status: 'EXPIRED' }]);
    expect(decision.created).toMatchObject([{ id: 'n1', status: 'PENDING' }]);
    expect(decision.items.get('a')?.reserved).toBe(3);
  });
});

describe('reserve: the same order again', () => {
  const slice = sliceOf(
    {
      a: stocked(3, 'OUT_OF_STOCK', { reserved: 3 }),
      b: stocked(9, 'LOW_STOCK', { reserved: 2 }),
    },
    [heldBy(), heldBy({ id: 'r2', itemId: 'b', quantity: 2 })],
  );

  it('is answered with what it has', () => {
    const lines = [
      { itemId: 'b', quantity: 2 },
      { itemId: 'a', quantity: 1 },
      { itemId: 'a', quantity: 2 },
    ];
    const decision = reserved(slice, { lines });
    expect(decision).toMatchObject({ outcome: 'already_reserved', created: [], updated: [] });
    expect(decision.reservations).toEqual(slice.reservations);
    expect(decision.events).toEqual([]);
  });

  it('is answered so too beside a hold that is overdue, which expires', () => {
    const gone = heldBy({ id: 'r0', itemId: 'b', expiresAtMs: NOW_MS });
    const decision = reserved(sliceOf(Object.fromEntries(slice.items), [gone, heldBy()]));
    expect(decision).toMatchObject({
      outcome: 'already_reserved',
      updated: [{ id: 'r0', status: 'EXPIRED' }],
      reservations: [heldBy()],
    });
  });

  it('with other lines replaces its holds and keeps equal ones on the new terms', () => {
    const lines = [
      { itemId: 'a', quantity: 3 },
      { itemId: 'b', quantity: 9 },
    ];
    const decision = reserved(slice, { lines });
    expect(decision.outcome).toBe('reserved');
    expect(decision.updated).toMatchObject([
      { id: 'r1', status: 'PENDING', expiresAtMs: NOW_MS + TTL_MS },
      { id: 'r2', status: 'CANCELLED' },
    ]);
    expect(decision.reservations).toMatchObject([
      { id: 'r1', expiresAtMs: NOW_MS + TTL_MS },
      { id: 'n1', itemId: 'b', quantity: 9 },
    ]);
    expect(eventTypesOf(decision)).toEqual([
      'b:8 InventoryReleased',
      'b:9 InventoryReserved',
      'b:10 StockStatusChanged',
      'b:11 OUT_OF_STOCK',
    ]);
  });

  it('gives back what it no longer wants', () => {
    const decision = reserved(slice, { lines: [{ itemId: 'b', quantity: 2 }] });
    expect(decision.updated).toMatchObject([
      { id: 'r1', status: 'CANCELLED' },
      { id: 'r2', status: 'PENDING' },
    ]);
    expect(decision.items.get('a')).toMatchObject({ reserved: 0, status: 'LOW_STOCK' });
    expect(decision.reservations.map(({ id }) => id)).toEqual(['r2']);
  });

  it('keeps what it has where other lines fail', () => {
    const decision = reserved(slice, { lines: [{ itemId: 'a', quantity: 4 }] });
    expect(decision).toMatchObject({
      outcome: 'insufficient_stock',
      shortages: [{ requested: 4, available: 3 }],
      updated: [],
      reservations: slice.reservations,
    });
  });

  it('line by line leaves its other holds alone', () => {
    const lines = [{ itemId: 'b', quantity: 5 }];
    const decision = reserved(slice, { lines, scope: 'items' });
    expect(decision.updated.map(({ id }) => id)).toEqual(['r2']);
    expect(decision.items.has('a')).toBe(false);
    const again = reserved(slice, { lines: [{ itemId: 'a', quantity: 3 }], scope: 'items' });
    expect(again.outcome).toBe('already_reserved');
  });

  it('is too late once it was committed', () => {
    const sold = heldBy({ status: 'COMMITTED' });
    const decision = reserved(sliceOf({ a: stocked(50, 'IN_STOCK') }, [sold]));
    expect(decision).toMatchObject({ outcome: 'already_committed', reservations: [sold] });
    expect(decision.events).toEqual([]);
  });

  it.each(['CANCELLED', 'EXPIRED'] as const)('holds anew after it was %s', (status) => {
    const decision = reserved(sliceOf({ a: stocked(50, 'IN_STOCK') }, [heldBy({ status })]));
    expect(decision).toMatchObject({ outcome: 'reserved', updated: [] });
  });
});
