import { createReservationDraft } from '../create-reservation-draft';
import { endHold } from '../holds/end-hold';
import { expireOverdue } from '../holds/expire-overdue';
import { releaseUnits } from '../holds/release-units';
import { outcomeOfEnd } from '../outcome-of-end';
import { partRefusal } from '../part-refusal';
import type { Reservation } from '../reservation';
import type { CancelCommand } from '../reservation-command';
import type { ReservationDecision, ReservationOutcome } from '../reservation-decision';
import type { ReservationSlice } from '../reservation-slice';
import { selectReservations } from '../select-reservations';

/**
 * Gives back what is held of those that are meant; one that ended unsold is no obstacle, one that
 * was sold is. A hold whose time has passed expires instead. Where nothing is held any more, the
 * answer is `already_cancelled` if that is true of any, so that a repetition reads as one.
 */
export function cancel(slice: ReservationSlice, command: CancelCommand): ReservationDecision {
  const draft = createReservationDraft(slice);
  const meant = selectReservations(slice, command);
  expireOverdue(draft, meant, slice.nowMs);

  const live: Reservation[] = [];
  let ended: ReservationOutcome = 'not_found';
  for (const hold of meant) {
    const end = outcomeOfEnd(hold, slice.nowMs);
    if (end === 'already_committed') return draft.finish(end, meant);
    if (end === null) live.push(hold);
    else if (ended !== 'already_cancelled') ended = end;
  }
  if (live.length === 0) return draft.finish(ended, meant);

  const { quantity } = command;
  const refusal = partRefusal(live, quantity);
  if (refusal !== null) return draft.finish(refusal, meant);
  for (const hold of live) {
    if (quantity === undefined || quantity === hold.quantity) {
      endHold(draft, hold, 'CANCELLED');
    } else {
      releaseUnits(draft, hold, quantity, 'ORDER_CANCELLED');
      draft.update({ ...hold, quantity: hold.quantity - quantity });
      return draft.finish('released', meant);
    }
  }
  return draft.finish('cancelled', meant);
}
