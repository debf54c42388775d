import type { ReleaseReason } from '../../events/reservation-event';
import type { ReservationDraft } from '../create-reservation-draft';
import type { Reservation } from '../reservation';

/** Makes units of a hold available again; what becomes of the hold is the caller's to record. */
export function releaseUnits(
  draft: ReservationDraft,
  reservation: Reservation,
  quantity: number,
  reasonForRelease: ReleaseReason,
): void {
  const { id, orderId, userId, itemId } = reservation;
  draft.changeOf(itemId).record({ reserved: -quantity }, (available) => ({
    type: 'InventoryReleased',
    orderId,
    userId,
    reservationId: id,
    quantityReleased: quantity,
    availableQuantityAfterRelease: available,
    reasonForRelease,
  }));
}
