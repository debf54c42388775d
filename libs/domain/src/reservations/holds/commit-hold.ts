import type { ReservationDraft } from '../create-reservation-draft';
import type { Reservation } from '../reservation';
import { releaseUnits } from './release-units';

/** Sells the quantity, all of a pending hold or a part of it, and releases the rest. */
export function commitHold(
  draft: ReservationDraft,
  reservation: Reservation,
  quantity: number,
): void {
  const { id, orderId, userId, itemId } = reservation;
  const change = draft.changeOf(itemId);
  change.record({ onHand: -quantity, reserved: -quantity }, (available) => ({
    type: 'InventoryCommitted',
    orderId,
    userId,
    reservationId: id,
    quantityCommitted: quantity,
    availableQuantityAfterCommit: available,
  }));
  change.move({ type: 'OUTBOUND', quantity: -quantity, reason: 'committed', reference: orderId });
  const rest = reservation.quantity - quantity;
  if (rest > 0) releaseUnits(draft, reservation, rest, 'ORDER_COMPLETED_ADJUSTMENT');
  draft.update({ ...reservation, quantity, status: 'COMMITTED' });
}
