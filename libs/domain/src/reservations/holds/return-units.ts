import type { ReservationDraft } from '../create-reservation-draft';
import type { Reservation } from '../reservation';

/** Puts the units of a sold reservation back on the shelf. */
export function returnUnits(draft: ReservationDraft, reservation: Reservation): void {
  const { itemId, orderId, quantity } = reservation;
  const change = draft.changeOf(itemId);
  change.takeBack(quantity);
  change.move({ type: 'RETURN', quantity, reason: 'returned', reference: orderId });
  draft.update({ ...reservation, isReturned: true });
}
