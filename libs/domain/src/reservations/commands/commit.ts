import { createReservationDraft } from '../create-reservation-draft';
import { commitHold } from '../holds/commit-hold';
import { expireOverdue } from '../holds/expire-overdue';
import { outcomeOfEnd } from '../outcome-of-end';
import { partRefusal } from '../part-refusal';
import type { CommitCommand } from '../reservation-command';
import type { ReservationDecision } from '../reservation-decision';
import type { ReservationSlice } from '../reservation-slice';
import { selectReservations } from '../select-reservations';

/**
 * Sells all holds that are meant, or none: not where one of them was cancelled or its time has
 * passed. A hold that is found overdue expires at once, whoever sweeps later.
 */
export function commit(slice: ReservationSlice, command: CommitCommand): ReservationDecision {
  const draft = createReservationDraft(slice);
  const meant = selectReservations(slice, command);
  if (meant.length === 0) return draft.finish('not_found');
  expireOverdue(draft, meant, slice.nowMs);

  const unsold = meant.filter(({ status }) => status !== 'COMMITTED');
  for (const hold of unsold) {
    const ended = outcomeOfEnd(hold, slice.nowMs);
    if (ended !== null) return draft.finish(ended, meant);
  }
  if (unsold.length === 0) return draft.finish('already_committed', meant);
  const refusal = partRefusal(unsold, command.quantity);
  if (refusal !== null) return draft.finish(refusal, meant);
  for (const hold of unsold) commitHold(draft, hold, command.quantity ?? hold.quantity);
  return draft.finish('committed', meant);
}
