import type { CommandQueue, LedgerAnswer } from '@inventory-events/stock-ledger';
import type { Caller } from './caller';
import { executeCommand } from './execute-command';
import type { CommandContext } from './to-command-context';

/**
 * Answers a request that can't become a command of the stock, such as one that names no item. Under
 * an idempotency key that answer is kept, unless the request was executed before, when it could be:
 * then that is its answer still.
 */
export async function keepRefusal(
  queue: CommandQueue,
  context: CommandContext,
  refusal: LedgerAnswer,
  caller: Caller,
): Promise<LedgerAnswer> {
  if (caller.idempotencyKey === undefined) return refusal;
  return executeCommand(queue, { ...context, refusal }, caller);
}
