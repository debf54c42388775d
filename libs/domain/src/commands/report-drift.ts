import type { Decision } from '../decision';
import type { StockDriftDetected } from '../events/stock-event';
import type { ReportDriftCommand } from '../stock-command';
import type { StockState } from '../stock-state';
import { resolveThreshold } from '../thresholds/resolve-threshold';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';

/** Tells what a proof found, in its place among the item's events. Nothing is repaired. */
export function reportDrift(
  state: StockState,
  { onHand, movementTotal, reserved, pendingTotal }: ReportDriftCommand,
  policy: ThresholdPolicy,
): Decision {
  const event: StockDriftDetected = {
    type: 'StockDriftDetected',
    sequence: state.sequence + 1,
    previousQuantity: state.onHand,
    newQuantity: state.onHand,
    threshold: resolveThreshold({ message: undefined, item: state.lowStockThreshold }, policy),
    onHand,
    movementTotal,
    reserved,
    pendingTotal,
  };
  return {
    outcome: 'applied',
    state: { ...state, sequence: event.sequence },
    events: [event],
    movements: [],
    previousQuantityMismatch: false,
  };
}
