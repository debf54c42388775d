import type { Decision } from '../decision';
import type { StockState } from '../stock-state';
import { judgeItem } from '../thresholds/judge-item';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import { changeTerms } from '../changes/change-terms';

export function discontinue(state: StockState, policy: ThresholdPolicy): Decision {
  return changeTerms(state, {}, judgeItem({ ...state, status: 'DISCONTINUED' }, policy));
}
