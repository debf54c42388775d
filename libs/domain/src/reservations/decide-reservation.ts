import { cancel } from './commands/cancel';
import { commit } from './commands/commit';
import { expire } from './commands/expire';
import { extend } from './commands/extend';
import { reserve } from './commands/reserve';
import { restock } from './commands/restock';
import type { ReservationCommand } from './reservation-command';
import type { ReservationDecision } from './reservation-decision';
import type { ReservationSlice } from './reservation-slice';

/**
 * What a command does to reservations and to the stock of their items. Pure but for `nextId`,
 * which names new reservations; nothing of the slice is modified.
 *
 * - Available stock never falls below zero, and what is reserved is the sum of the pending holds.
 * - Statuses other than PENDING never change, and what was sold comes back once. A hold whose time has passed counts as expired,
 *   swept or not, and a command that meets it records that.
 * - A refused command changes nothing else than expiring holds that were overdue.
 * - The events of an item continue its sequence without a gap: the reservation events first, then
 *   level, status, crossing, threshold reached, by what the whole command comes to.
 */
export function decideReservation(
  slice: ReservationSlice,
  command: ReservationCommand,
  nextId: () => string,
): ReservationDecision {
  switch (command.type) {
    case 'reserve':
      return reserve(slice, command, nextId);
    case 'commit':
      return commit(slice, command);
    case 'cancel':
      return cancel(slice, command);
    case 'restock':
      return restock(slice, command);
    case 'expire':
      return expire(slice, command);
    case 'extend':
      return extend(slice, command);
  }
}
