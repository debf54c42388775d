import { AppError } from '@inventory-events/errors';
import type { CommandQueue, LedgerAnswer, LedgerCommand } from '@inventory-events/stock-ledger';
import type { Caller } from './caller';

/**
 * Executes a command of a request; one that was executed before, under the same idempotency key,
 * is answered as it was then, failure included.
 */
export async function executeCommand(
  queue: CommandQueue,
  command: LedgerCommand,
  caller: Caller,
): Promise<LedgerAnswer> {
  const result = await queue.execute(command, caller.signal);
  const { outcome, earlier } = result;
  if (outcome === 'conflict') {
    throw new AppError(
      'IDEMPOTENCY_KEY_REUSED',
      'This idempotency key was used for another request.',
    );
  }
  if (outcome !== 'duplicate') return { ...result, outcome };
  if (earlier === undefined) throw new AppError('INTERNAL', 'A kept answer is missing.');
  return earlier;
}
