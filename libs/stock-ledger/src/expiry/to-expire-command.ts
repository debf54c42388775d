import type { OverdueOrder } from '@inventory-events/data-access';
import { createHash, randomUUID } from 'node:crypto';
import type { ReservationLedgerCommand } from '../ledger-command';

/**
 * The command keeps its message id through every attempt at it. A later sweep that finds a hold
 * again makes a new one: what must not happen twice is decided by the hold's status, under its
 * item's lock. An id derived from the hold would do harm: once it is on record for an attempt that
 * came too early, as the clock sees it, the hold would be a `duplicate` for ever.
 */
export function toExpireCommand(overdue: OverdueOrder): ReservationLedgerCommand {
  const { correlationId, reservationIds } = overdue;
  return {
    messageId: randomUUID(),
    source: 'reservation-sweep',
    bodyHash: createHash('sha1').update(reservationIds.join()).digest(),
    correlationId,
    reservation: { type: 'expire', reservationIds },
  };
}
