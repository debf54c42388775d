import type { Decision } from '../decision';
import { isQuantity } from '../quantities/is-quantity';
import type { ReceiveCommand } from '../stock-command';
import type { StockState } from '../stock-state';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import { changeQuantity } from '../changes/change-quantity';
import { reject } from '../changes/reject';

/** Adds bought units; the first receipt of an item also says that it held none before. */
export function receive(
  state: StockState,
  command: ReceiveCommand,
  policy: ThresholdPolicy,
): Decision {
  if (!isQuantity(command.quantity, 1)) return reject('invalid_quantity', state);
  return changeQuantity(
    state,
    {
      onHand: state.onHand + command.quantity,
      changeType: 'PURCHASE',
      movementType: 'INBOUND',
      reason: 'received',
    },
    policy,
  );
}
