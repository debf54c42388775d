import type { Decision } from '../decision';
import { eventsOfChange } from '../events/events-of-change';
import type { MovementReason, MovementType } from '../movement';
import { MAX_QUANTITY } from '../quantities/max-quantity';
import type { ChangeType } from '../stock-command';
import type { StockState } from '../stock-state';
import { judgeItem } from '../thresholds/judge-item';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import { quiet } from './quiet';
import { reject } from './reject';

export interface QuantityChange {
  /** The quantity on hand that the command asks for. */
  onHand: number;
  changeType: ChangeType;
  movementType: MovementType;
  reason: MovementReason;
}

/** Brings the quantity on hand to what a command asks for, within what can be and is promised. */
export function changeQuantity(
  state: StockState,
  change: QuantityChange,
  policy: ThresholdPolicy,
): Decision {
  const { onHand, changeType, movementType, reason } = change;
  if (onHand === state.onHand) return quiet('unchanged', state);
  if (onHand < 0) return reject('insufficient_stock', state);
  if (onHand < state.reserved) return reject('below_reserved', state);
  if (onHand > MAX_QUANTITY) return reject('quantity_too_large', state);

  const before = state.baselined ? state : openEmpty(state, policy);
  const { status, threshold } = judgeItem({ ...before, onHand }, policy);
  const after: StockState = { ...before, onHand, status };
  const events = eventsOfChange({
    before,
    after,
    threshold,
    changeType,
    lastSequence: state.sequence,
  });
  return {
    outcome: 'applied',
    state: { ...after, sequence: state.sequence + events.length },
    events,
    movements: [{ type: movementType, quantity: onHand - before.onHand, reason }],
    previousQuantityMismatch: false,
  };
}

/** Units that arrive for an item of which nothing was known are its first: it held none. */
function openEmpty(state: StockState, policy: ThresholdPolicy): StockState {
  const current = state.status === 'DISCONTINUED' ? state.status : null;
  return {
    ...state,
    status: judgeItem({ ...state, status: current }, policy).status,
    baselined: true,
  };
}
