import type { Reservation } from '../reservations/reservation';
import type { ReservationSlice } from '../reservations/reservation-slice';
import type { StockState } from '../stock-state';
import { policyOfTen } from './stocked';

export const NOW_MS = 1_000_000;

/** A hold of 3 of item `a` for order `o1`, due in a minute. */
export function heldBy(rest: Partial<Reservation> = {}): Reservation {
  return {
    id: 'r1',
    orderId: 'o1',
    userId: 'u1',
    itemId: 'a',
    quantity: 3,
    status: 'PENDING',
    expiresAtMs: NOW_MS + 60_000,
    isReturned: false,
    ...rest,
  };
}

export function sliceOf(
  items: Record<string, StockState>,
  reservations: readonly Reservation[] = [],
): ReservationSlice {
  return {
    nowMs: NOW_MS,
    items: new Map(Object.entries(items)),
    policyOf: () => policyOfTen,
    reservations,
  };
}

/** New reservations are `n1`, `n2`, … */
export function countingIds(): () => string {
  let last = 0;
  return () => `n${(last += 1)}`;
}
