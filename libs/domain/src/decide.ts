import { observe } from './commands/observe';
import type { Decision } from './decision';
import type { StockCommand } from './stock-command';
import type { StockState } from './stock-state';
import type { ThresholdPolicy } from './thresholds/threshold-policy';

/**
 * What a command does to an item. Pure: no clock, no I/O, the same answer for the same
 * arguments, and none of them is modified. Every command type has a file in `commands/`.
 */
export function decide(
  state: StockState,
  command: StockCommand,
  policy: ThresholdPolicy,
): Decision {
  switch (command.type) {
    case 'observe':
      return observe(state, command, policy);
  }
}
