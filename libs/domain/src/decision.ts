import type { Movement } from './movement';
import type { StockEvent } from './events/stock-event';
import type { StockState } from './stock-state';

/**
 * `insufficient_stock`: fewer than that are on hand; `below_reserved`: on hand they are, but
 * promised; `quantity_too_large`: the result can't be stored; `invalid_quantity`: no count of units.
 */
export type RejectionReason =
  'insufficient_stock' | 'below_reserved' | 'quantity_too_large' | 'invalid_quantity';

interface DecisionBase {
  /** The state to store; of a stale or rejected command, the one that was there. */
  state: StockState;
  /** The source's idea of the quantity before differs from the stored one, which won. */
  previousQuantityMismatch: boolean;
}

export interface AppliedDecision extends DecisionBase {
  outcome: 'applied';
  events: readonly StockEvent[];
  movements: readonly Movement[];
}

/**
 * `unchanged`: nothing to tell, but the source's position may have moved; `stale`: decided on
 * something older than what is stored.
 */
export interface QuietDecision extends DecisionBase {
  outcome: 'unchanged' | 'stale';
  events: readonly [];
  movements: readonly [];
}

export interface RejectedDecision extends DecisionBase {
  outcome: 'rejected';
  reason: RejectionReason;
  events: readonly [];
  movements: readonly [];
}

export type Decision = AppliedDecision | QuietDecision | RejectedDecision;
