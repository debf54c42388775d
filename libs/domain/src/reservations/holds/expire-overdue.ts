import type { ReservationDraft } from '../create-reservation-draft';
import type { Reservation } from '../reservation';
import { endHold } from './end-hold';
import { isOverdue } from './is-overdue';

/** Expires those whose time has passed, and returns them as they were. */
export function expireOverdue(
  draft: ReservationDraft,
  reservations: readonly Reservation[],
  nowMs: number,
): readonly Reservation[] {
  const overdue = reservations.filter((reservation) => isOverdue(reservation, nowMs));
  for (const reservation of overdue) endHold(draft, reservation, 'EXPIRED');
  return overdue;
}
