import type { ReleaseReason } from '../../events/reservation-event';
import type { ReservationDraft } from '../create-reservation-draft';
import type { Reservation } from '../reservation';
import { releaseUnits } from './release-units';

type UnsoldEnd = 'CANCELLED' | 'EXPIRED';

const RELEASE_REASONS: Record<UnsoldEnd, ReleaseReason> = {
  CANCELLED: 'ORDER_CANCELLED',
  EXPIRED: 'RESERVATION_EXPIRED',
};

/** Ends a pending hold without a sale and makes all its units available again. */
export function endHold(draft: ReservationDraft, reservation: Reservation, end: UnsoldEnd): void {
  releaseUnits(draft, reservation, reservation.quantity, RELEASE_REASONS[end]);
  draft.update({ ...reservation, status: end });
}
