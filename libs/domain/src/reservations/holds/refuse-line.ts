import { MAX_QUANTITY } from '../../quantities/max-quantity';
import type { ReservationDraft } from '../create-reservation-draft';
import type { Reservation } from '../reservation';
import type { Shortage } from '../reservation-decision';

/** Tells on a short item that an order got nothing. */
export function refuseLine(
  draft: ReservationDraft,
  { orderId, userId }: Pick<Reservation, 'orderId' | 'userId'>,
  { itemId, requested, reason }: Shortage,
): void {
  draft.changeOf(itemId).record({}, () => ({
    type: 'InventoryReservationFailed',
    orderId,
    userId,
    // Many lines together can ask for more than a quantity can say.
    quantityAttempted: Math.min(requested, MAX_QUANTITY),
    reasonForFailure: reason,
  }));
}
