import type { QuietDecision } from '../decision';
import type { StockState } from '../stock-state';

/** The decision of a command that has no effect and is no mistake. */
export function quiet(outcome: QuietDecision['outcome'], state: StockState): QuietDecision {
  return { outcome, state, events: [], movements: [], previousQuantityMismatch: false };
}
