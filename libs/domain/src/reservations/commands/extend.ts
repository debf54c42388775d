import { createReservationDraft } from '../create-reservation-draft';
import { expireOverdue } from '../holds/expire-overdue';
import { isTtl } from '../is-ttl';
import { outcomeOfEnd } from '../outcome-of-end';
import type { ExtendCommand } from '../reservation-command';
import type { ReservationDecision } from '../reservation-decision';
import type { ReservationSlice } from '../reservation-slice';
import { selectReservations } from '../select-reservations';

/** Prolongs all holds that are meant, or none. Nothing is told: no quantity changes. */
export function extend(slice: ReservationSlice, command: ExtendCommand): ReservationDecision {
  const draft = createReservationDraft(slice);
  if (!isTtl(command.ttlMs)) return draft.finish('invalid');
  const meant = selectReservations(slice, command);
  if (meant.length === 0) return draft.finish('not_found');
  expireOverdue(draft, meant, slice.nowMs);

  for (const hold of meant) {
    const ended = outcomeOfEnd(hold, slice.nowMs);
    if (ended !== null) return draft.finish(ended, meant);
  }
  const expiresAtMs = slice.nowMs + command.ttlMs;
  for (const hold of meant) {
    if (expiresAtMs > hold.expiresAtMs) draft.update({ ...hold, expiresAtMs });
  }
  return draft.finish('extended', meant);
}
