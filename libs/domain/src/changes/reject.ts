import type { RejectedDecision, RejectionReason } from '../decision';
import type { StockState } from '../stock-state';

export function reject(reason: RejectionReason, state: StockState): RejectedDecision {
  const nothing = { events: [], movements: [], previousQuantityMismatch: false } as const;
  return { outcome: 'rejected', reason, state, ...nothing };
}
