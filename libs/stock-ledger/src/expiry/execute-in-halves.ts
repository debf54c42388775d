import { coerceError, isRetryable } from '@inventory-events/errors';
import type { StockLedger } from '../create-stock-ledger';
import type { LedgerCommand, LedgerResult } from '../ledger-command';

export type Execution = { result: LedgerResult } | { error: Error };

/**
 * Executes a batch so that one command that fails for good does not keep the others from their
 * effect: it is found by halves. Throws what passes by itself, such as an outage; what had its
 * effect by then is a `duplicate` when it is executed again.
 */
export async function executeInHalves(
  ledger: StockLedger,
  commands: readonly LedgerCommand[],
): Promise<Execution[]> {
  try {
    return (await ledger.executeBatch(commands)).map((result) => ({ result }));
  } catch (thrown) {
    if (isRetryable(thrown)) throw thrown;
    if (commands.length === 1) return [{ error: coerceError(thrown) }];
  }
  const middle = Math.ceil(commands.length / 2);
  return [
    ...(await executeInHalves(ledger, commands.slice(0, middle))),
    ...(await executeInHalves(ledger, commands.slice(middle))),
  ];
}
