import type { Decision } from '../decision';
import type { MovementReason, MovementType } from '../movement';
import { isQuantity } from '../quantities/is-quantity';
import type {
  AdjustByCommand,
  AdjustCommand,
  AdjustmentReason,
  AdjustToCommand,
} from '../stock-command';
import type { StockState } from '../stock-state';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import { changeQuantity } from '../changes/change-quantity';
import { movementTypeOf } from '../changes/movement-type-of';
import { observe } from './observe';
import { quiet } from '../changes/quiet';
import { reject } from '../changes/reject';

const MOVEMENT_REASONS: Record<AdjustmentReason, MovementReason> = {
  ADJUSTMENT: 'adjusted',
  DAMAGE: 'damaged',
  LOSS: 'lost',
  FOUND: 'found',
};

/** Corrects the quantity on hand by hand. */
export function adjust(
  state: StockState,
  command: AdjustCommand,
  policy: ThresholdPolicy,
): Decision {
  return command.setTo === undefined
    ? adjustBy(state, command, policy)
    : adjustTo(state, command, policy);
}

function adjustBy(state: StockState, command: AdjustByCommand, policy: ThresholdPolicy): Decision {
  if (!isQuantity(Math.abs(command.delta))) return reject('invalid_quantity', state);
  return changeTo(state, state.onHand + command.delta, command, policy);
}

function adjustTo(state: StockState, command: AdjustToCommand, policy: ThresholdPolicy): Decision {
  const { setTo, expectedQuantity } = command;
  if (!isQuantity(setTo)) return reject('invalid_quantity', state);
  if (expectedQuantity !== undefined && expectedQuantity !== state.onHand) {
    return quiet('stale', state);
  }
  // The first count of an item is its baseline, whoever counts: there is no change to tell.
  if (!state.baselined) return observe(state, { type: 'observe', quantity: setTo }, policy);
  return changeTo(state, setTo, command, policy);
}

function changeTo(
  state: StockState,
  onHand: number,
  command: AdjustCommand,
  policy: ThresholdPolicy,
): Decision {
  const { reason = 'ADJUSTMENT', changeType = 'ADJUSTMENT' } = command;
  const movementType: MovementType = reason === 'DAMAGE' ? 'DAMAGE' : movementTypeOf(changeType);
  return changeQuantity(
    state,
    { onHand, changeType, movementType, reason: MOVEMENT_REASONS[reason] },
    policy,
  );
}
