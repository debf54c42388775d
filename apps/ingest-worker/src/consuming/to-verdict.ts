import { AppError } from '@inventory-events/errors';
import type { LedgerResult } from '@inventory-events/stock-ledger';

/**
 * What becomes of a message by what the ledger answered: nothing to say acknowledges it, a reason
 * dead-letters it. That an order can't have what it wants is an answer, told by an event, and no
 * fault of the message.
 */
export function toVerdict({ outcome, reason }: LedgerResult): AppError | undefined {
  switch (outcome) {
    case 'applied':
    case 'unchanged':
    case 'stale':
    case 'duplicate':
    case 'reserved':
    case 'already_reserved':
    case 'committed':
    case 'already_committed':
    case 'cancelled':
    case 'already_cancelled':
    case 'restocked':
    case 'remembered':
    case 'expired':
    case 'not_found':
    case 'insufficient_stock':
    case 'discontinued':
      return undefined;
    case 'conflict':
      return new AppError('EVENT_ID_CONFLICT', 'another body was processed under this eventId');
    case 'rejected':
      return new AppError('INVALID_MESSAGE', `the ledger rejected it: ${reason}`);
    case 'invalid':
    case 'quantity_too_large':
      return new AppError('INVALID_MESSAGE', `the ledger rejected it: ${outcome}`);
    default:
      return new AppError('INTERNAL', `the ledger answered ${outcome}`);
  }
}
