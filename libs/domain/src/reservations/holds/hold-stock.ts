import type { ReservationDraft } from '../create-reservation-draft';
import type { Reservation } from '../reservation';

/** Holds units for an order under a new reservation. */
export function holdStock(draft: ReservationDraft, reservation: Reservation): void {
  const { id, orderId, userId, itemId, quantity } = reservation;
  draft.changeOf(itemId).record({ reserved: quantity }, (available) => ({
    type: 'InventoryReserved',
    orderId,
    userId,
    reservationId: id,
    quantityReserved: quantity,
    availableQuantityAfterReservation: available,
  }));
  draft.create(reservation);
}
