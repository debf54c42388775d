import type { Decision } from '../decision';
import { decide } from '../decide';
import { initialStockState } from '../initial-stock-state';
import type { StockCommand } from '../stock-command';
import type { StockState } from '../stock-state';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';

export interface Step {
  before: StockState;
  command: StockCommand;
  decision: Decision;
}

/** Applies the commands one after another, each to the state that the one before left. */
export function runCommands(
  commands: readonly StockCommand[],
  policy: ThresholdPolicy,
  from: StockState = initialStockState(),
): Step[] {
  let state = from;
  return commands.map((command) => {
    const before = state;
    const decision = decide(before, command, policy);
    state = decision.state;
    return { before, command, decision };
  });
}
