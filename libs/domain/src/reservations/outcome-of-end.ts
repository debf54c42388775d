import { isOverdue } from './holds/is-overdue';
import type { Reservation } from './reservation';

export type EndOutcome = 'already_committed' | 'already_cancelled' | 'expired';

/** How to tell a caller that a reservation has ended; null while it can be acted upon. */
export function outcomeOfEnd(reservation: Reservation, nowMs: number): EndOutcome | null {
  switch (reservation.status) {
    case 'PENDING':
      return isOverdue(reservation, nowMs) ? 'expired' : null;
    case 'COMMITTED':
      return 'already_committed';
    case 'CANCELLED':
      return 'already_cancelled';
    case 'EXPIRED':
      return 'expired';
  }
}
