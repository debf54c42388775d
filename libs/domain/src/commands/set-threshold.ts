import type { Decision } from '../decision';
import { isQuantity } from '../quantities/is-quantity';
import type { SetThresholdCommand } from '../stock-command';
import type { StockState } from '../stock-state';
import { judgeItem } from '../thresholds/judge-item';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import { changeTerms } from '../changes/change-terms';
import { reject } from '../changes/reject';

/** Stores the item's own threshold and judges what is there by it at once. */
export function setThreshold(
  state: StockState,
  command: SetThresholdCommand,
  policy: ThresholdPolicy,
): Decision {
  const { lowStockThreshold } = command;
  if (lowStockThreshold !== null && !isQuantity(lowStockThreshold)) {
    return reject('invalid_quantity', state);
  }
  return changeTerms(
    state,
    { lowStockThreshold },
    judgeItem({ ...state, lowStockThreshold }, policy),
  );
}
