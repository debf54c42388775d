import { createReservationDraft } from '../create-reservation-draft';
import { expireOverdue } from '../holds/expire-overdue';
import type { Reservation } from '../reservation';
import type { ExpireCommand } from '../reservation-command';
import type { ReservationDecision } from '../reservation-decision';
import type { ReservationSlice } from '../reservation-slice';

/**
 * Releases what is overdue among those named, and leaves the rest alone: since a sweep found
 * them, some may have been committed, cancelled or extended.
 */
export function expire(slice: ReservationSlice, command: ExpireCommand): ReservationDecision {
  const draft = createReservationDraft(slice);
  const named = slice.reservations.filter(isNamedBy(command));
  if (named.length === 0) return draft.finish('not_found');
  const overdue = expireOverdue(draft, named, slice.nowMs);
  return overdue.length > 0 ? draft.finish('expired', overdue) : draft.finish('not_overdue', named);
}

function isNamedBy(command: ExpireCommand): (reservation: Reservation) => boolean {
  if (command.reservationIds !== undefined) {
    const ids = new Set(command.reservationIds);
    return ({ id }) => ids.has(id);
  }
  const { orderId, itemId } = command;
  return (reservation) =>
    reservation.orderId === orderId && (itemId === undefined || reservation.itemId === itemId);
}
