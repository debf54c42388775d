import type { Decision } from '../decision';
import type { StockState } from '../stock-state';
import { judgeItem } from '../thresholds/judge-item';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import { changeTerms } from '../changes/change-terms';
import { quiet } from '../changes/quiet';

/** Judges a discontinued item afresh: no band holds it in a status it has not. */
export function reinstate(state: StockState, policy: ThresholdPolicy): Decision {
  if (state.status !== 'DISCONTINUED') return quiet('unchanged', state);
  return changeTerms(state, {}, judgeItem({ ...state, status: null }, policy));
}
