import { type EndOutcome, outcomeOfEnd } from './outcome-of-end';
import type { Reservation } from './reservation';
import type { ReservationTarget } from './reservation-command';
import type { ReservationSlice } from './reservation-slice';

/**
 * What a target means. Named one by one, all have to be there, or none is meant. Of an order it is
 * what is held by now; where nothing is, what was sold; else all that ended as the latest did.
 * Overdue ones count as expired, so that the answer does not depend on when a sweep came by.
 */
export function selectReservations(
  { reservations, nowMs }: Pick<ReservationSlice, 'reservations' | 'nowMs'>,
  target: ReservationTarget,
): readonly Reservation[] {
  if (target.reservationIds !== undefined) return selectByIds(reservations, target.reservationIds);
  const { orderId, itemId } = target;
  const own = reservations.filter(
    (reservation) =>
      reservation.orderId === orderId && (itemId === undefined || reservation.itemId === itemId),
  );
  return selectCurrent(own, nowMs);
}

function selectByIds(
  reservations: readonly Reservation[],
  reservationIds: readonly string[],
): readonly Reservation[] {
  const wanted = new Set(reservationIds);
  const found = reservations.filter((reservation) => wanted.has(reservation.id));
  return found.length === wanted.size ? found : [];
}

function selectCurrent(own: readonly Reservation[], nowMs: number): readonly Reservation[] {
  const latest = own.at(-1);
  if (latest === undefined) return [];
  const thatEnded = (end: EndOutcome | null) =>
    own.filter((reservation) => outcomeOfEnd(reservation, nowMs) === end);
  const live = thatEnded(null);
  if (live.length > 0) return live;
  const sold = thatEnded('already_committed');
  return sold.length > 0 ? sold : thatEnded(outcomeOfEnd(latest, nowMs));
}
