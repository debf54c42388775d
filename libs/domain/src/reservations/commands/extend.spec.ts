import { heldBy, NOW_MS, sliceOf } from '../../testing/slice-of';
import { stocked } from '../../testing/stocked';
import type { Reservation } from '../reservation';
import { extend } from './extend';

const items = { a: stocked(9, 'LOW_STOCK', { reserved: 6 }) };

function extended(reservations: Reservation[], ttlMs: number) {
  return extend(sliceOf(items, reservations), { type: 'extend', orderId: 'o1', ttlMs });
}

describe('extend', () => {
  it('prolongs all holds of an order and tells nothing', () => {
    const decision = extended([heldBy(), heldBy({ id: 'r2' })], 120_000);
    expect(decision).toMatchObject({ outcome: 'extended', events: [], movements: [] });
    expect(decision.updated.map(({ expiresAtMs }) => expiresAtMs)).toEqual([
      NOW_MS + 120_000,
      NOW_MS + 120_000,
    ]);
    expect(decision.reservations).toEqual(decision.updated);
    expect(decision.items.size).toBe(0);
  });

  it('never shortens', () => {
    const decision = extended([heldBy()], 1_000);
    expect(decision).toMatchObject({ outcome: 'extended', updated: [], reservations: [heldBy()] });
  });

  it('does not revive a hold whose time has passed, and prolongs none beside it', () => {
    const overdue = heldBy({ expiresAtMs: NOW_MS });
    const slice = sliceOf(items, [overdue, heldBy({ id: 'r2' })]);
    const reservationIds = ['r1', 'r2'];
    const decision = extend(slice, { type: 'extend', reservationIds, ttlMs: 120_000 });
    expect(decision).toMatchObject({
      outcome: 'expired',
      updated: [{ id: 'r1', status: 'EXPIRED', expiresAtMs: NOW_MS }],
    });
  });

  it.each([
    ['COMMITTED', 'already_committed'],
    ['CANCELLED', 'already_cancelled'],
    ['EXPIRED', 'expired'],
  ] as const)('of one that is %s answers %s', (status, outcome) => {
    expect(extended([heldBy({ status })], 120_000)).toMatchObject({ outcome, updated: [] });
  });

  it('refuses what is no time, and what is not there', () => {
    expect(extended([heldBy()], 0).outcome).toBe('invalid');
    expect(extended([heldBy()], 0.5).outcome).toBe('invalid');
    expect(extended([], 1_000).outcome).toBe('not_found');
  });
});
