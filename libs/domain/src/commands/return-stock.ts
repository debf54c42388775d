import type { Decision } from '../decision';
import { isQuantity } from '../quantities/is-quantity';
import type { ReturnCommand } from '../stock-command';
import type { StockState } from '../stock-state';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import { changeQuantity } from '../changes/change-quantity';
import { reject } from '../changes/reject';

/** Adds units that a customer gave back. */
export function returnStock(
  state: StockState,
  command: ReturnCommand,
  policy: ThresholdPolicy,
): Decision {
  if (!isQuantity(command.quantity, 1)) return reject('invalid_quantity', state);
  return changeQuantity(
    state,
    {
      onHand: state.onHand + command.quantity,
      changeType: 'RETURN',
      movementType: 'RETURN',
      reason: 'returned',
    },
    policy,
  );
}
