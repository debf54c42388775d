import { MAX_QUANTITY } from '../../quantities/max-quantity';
import { createReservationDraft, type ReservationDraft } from '../create-reservation-draft';
import { endHold } from '../holds/end-hold';
import { expireOverdue } from '../holds/expire-overdue';
import { returnUnits } from '../holds/return-units';
import { sumByItem } from '../lines/sum-by-item';
import { outcomeOfEnd } from '../outcome-of-end';
import type { Reservation } from '../reservation';
import type { RestockCommand } from '../reservation-command';
import type { ReservationDecision, ReservationOutcome } from '../reservation-decision';
import type { ReservationSlice } from '../reservation-slice';

/**
 * Ends an order whatever became of it: what it still holds is released, what it bought comes back,
 * all or nothing. Statuses tell what happened, so a sold reservation stays COMMITTED and is marked
 * as returned, which makes a repetition harmless. An order that ended unsold is answered as `cancel`
 * would.
 */
export function restock(slice: ReservationSlice, { orderId }: RestockCommand): ReservationDecision {
  const draft = createReservationDraft(slice);
  const own = slice.reservations.filter((reservation) => reservation.orderId === orderId);
  if (own.length === 0) return draft.finish('not_found');
  expireOverdue(draft, own, slice.nowMs);

  const sold = own.filter(({ status, isReturned }) => status === 'COMMITTED' && !isReturned);
  const live = own.filter((hold) => outcomeOfEnd(hold, slice.nowMs) === null);
  if (exceedsStorage(draft, sold)) return draft.finish('quantity_too_large', sold);
  for (const hold of live) endHold(draft, hold, 'CANCELLED');
  for (const reservation of sold) returnUnits(draft, reservation);

  if (sold.length > 0) return draft.finish('restocked', [...sold, ...live]);
  if (live.length > 0) return draft.finish('cancelled', live);
  return draft.finish(outcomeOfEarlierEnd(own), own);
}

function exceedsStorage(draft: ReservationDraft, sold: readonly Reservation[]): boolean {
  return [...sumByItem(sold)].some(
    ([itemId, quantity]) => draft.changeOf(itemId).onHand() + quantity > MAX_QUANTITY,
  );
}

function outcomeOfEarlierEnd(own: readonly Reservation[]): ReservationOutcome {
  const ended = own.some(({ status, isReturned }) => status === 'CANCELLED' || isReturned);
  return ended ? 'already_cancelled' : 'expired';
}
