import { eventTypesOf } from '../../testing/event-types-of';
import { heldBy, NOW_MS, sliceOf } from '../../testing/slice-of';
import { stocked } from '../../testing/stocked';
import { expire } from './expire';

const items = { a: stocked(9, 'OUT_OF_STOCK', { reserved: 9 }) };
const overdue = heldBy({ expiresAtMs: NOW_MS - 1 });
const dueNow = heldBy({ id: 'r2', orderId: 'o2', expiresAtMs: NOW_MS });
const live = heldBy({ id: 'r3', orderId: 'o3' });
const slice = sliceOf(items, [overdue, dueNow, live]);

describe('expire', () => {
  it('releases what is overdue and leaves the rest alone', () => {
    const reservationIds = ['r1', 'r2', 'r3', 'gone'];
    const decision = expire(slice, { type: 'expire', reservationIds });
    expect(decision.outcome).toBe('expired');
    expect(decision.updated).toEqual([
      { ...overdue, status: 'EXPIRED' },
      { ...dueNow, status: 'EXPIRED' },
    ]);
    expect(decision.reservations).toEqual(decision.updated);
    expect(eventTypesOf(decision)).toEqual([
      'a:8 InventoryReleased',
      'a:9 InventoryReleased',
      'a:10 StockStatusChanged',
      'a:11 BACK_IN_STOCK',
    ]);
    expect(decision.events[1]?.event).toMatchObject({
      orderId: 'o2',
      availableQuantityAfterRelease: 6,
      reasonForRelease: 'RESERVATION_EXPIRED',
    });
  });

  it('does so for an order', () => {
    expect(expire(slice, { type: 'expire', orderId: 'o2' }).updated).toMatchObject([{ id: 'r2' }]);
  });

  it('does nothing where nothing is overdue', () => {
    const decision = expire(slice, { type: 'expire', orderId: 'o3' });
    expect(decision).toMatchObject({ outcome: 'not_overdue', reservations: [live], updated: [] });
    expect(expire(slice, { type: 'expire', orderId: 'o9' }).outcome).toBe('not_found');
  });

  it.each(['COMMITTED', 'CANCELLED', 'EXPIRED'] as const)('leaves %s ones alone', (status) => {
    const ended = sliceOf(items, [{ ...overdue, status }]);
    const decision = expire(ended, { type: 'expire', reservationIds: ['r1'] });
    expect(decision).toMatchObject({ outcome: 'not_overdue', updated: [], events: [] });
  });
});
