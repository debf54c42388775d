import { adjust } from './commands/adjust';
import { discontinue } from './commands/discontinue';
import { observe } from './commands/observe';
import { open } from './commands/open';
import { receive } from './commands/receive';
import { reinstate } from './commands/reinstate';
import { reportDrift } from './commands/report-drift';
import { returnStock } from './commands/return-stock';
import { setThreshold } from './commands/set-threshold';
import type { Decision } from './decision';
import type { StockCommand } from './stock-command';
import type { StockState } from './stock-state';
import type { ThresholdPolicy } from './thresholds/threshold-policy';

/**
 * What a command does to one item. Pure: no clock, no I/O, the same answer for the same
 * arguments, and none of them is modified. Every command type has a file in `commands/`.
 */
export function decide(
  state: StockState,
  command: StockCommand,
  policy: ThresholdPolicy,
): Decision {
  switch (command.type) {
    case 'open':
      return open(state, command, policy);
    case 'observe':
      return observe(state, command, policy);
    case 'adjust':
      return adjust(state, command, policy);
    case 'receive':
      return receive(state, command, policy);
    case 'return':
      return returnStock(state, command, policy);
    case 'setThreshold':
      return setThreshold(state, command, policy);
    case 'discontinue':
      return discontinue(state, policy);
    case 'reinstate':
      return reinstate(state, policy);
    case 'reportDrift':
      return reportDrift(state, command, policy);
  }
}
