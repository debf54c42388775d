import type { Decision } from '../decision';
import { eventsOfChange } from '../events/events-of-change';
import type { StockState } from '../stock-state';
import type { ItemJudgement } from '../thresholds/judge-item';
import { quiet } from './quiet';

/**
 * Stores a change of an item that leaves its quantities alone, and tells the status that follows
 * from it. Before the baseline nothing is told: the first observation judges the item afresh.
 */
export function changeTerms(
  state: StockState,
  terms: Partial<Pick<StockState, 'lowStockThreshold'>>,
  judgement: ItemJudgement,
): Decision {
  const { status, threshold } = judgement;
  const after: StockState = { ...state, ...terms, status };
  const same = after.status === state.status && after.lowStockThreshold === state.lowStockThreshold;
  if (same) return quiet('unchanged', state);
  const events = state.baselined
    ? eventsOfChange({
        before: state,
        after,
        threshold,
        changeType: 'ADJUSTMENT',
        lastSequence: state.sequence,
      })
    : [];
  return {
    outcome: 'applied',
    state: { ...after, sequence: state.sequence + events.length },
    events,
    movements: [],
    previousQuantityMismatch: false,
  };
}
