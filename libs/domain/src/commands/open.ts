import type { Decision } from '../decision';
import type { OpenCommand } from '../stock-command';
import type { StockState } from '../stock-state';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import { isQuantity } from '../quantities/is-quantity';
import { quiet } from '../changes/quiet';
import { reject } from '../changes/reject';
import { observe } from './observe';
import { setThreshold } from './set-threshold';

/**
 * Opens an item with its first quantity, a baseline that is no change and tells nothing. Where stock
 * was reported before the product was announced, the report stays and only the threshold is taken.
 */
export function open(
  state: StockState,
  { quantity, lowStockThreshold }: OpenCommand,
  policy: ThresholdPolicy,
): Decision {
  const isValid = isQuantity(quantity) && isQuantity(lowStockThreshold ?? 0);
  if (!isValid) return reject('invalid_quantity', state);
  if (!state.baselined) {
    const terms = { ...state, lowStockThreshold: lowStockThreshold ?? state.lowStockThreshold };
    return observe(terms, { type: 'observe', quantity }, policy);
  }
  if (lowStockThreshold === undefined) return quiet('unchanged', state);
  return setThreshold(state, { type: 'setThreshold', lowStockThreshold }, policy);
}
