import type { BatchVerdicts } from '@inventory-events/messaging';
import type { ItemLedgerCommand, LedgerResult, StockLedger } from '@inventory-events/stock-ledger';
import { toVerdict } from '../consuming/to-verdict';
import type { IngestMetrics } from '../create-ingest-metrics';
import { splitByItem } from './split-by-item';

/** Database sessions that work on one batch side by side. */
export const SESSIONS_PER_BATCH = 2;
/** Below this a second transaction costs more than it gains. */
const MIN_COMMANDS_PER_SESSION = 50;

/**
 * Has the ledger execute a batch, and says which messages belong into the dead-letter queue. When
 * one part fails the whole batch is tried again: what had its effect is a duplicate then.
 */
export async function applyStockUpdates(
  ledger: StockLedger,
  metrics: IngestMetrics,
  commands: readonly ItemLedgerCommand[],
): Promise<BatchVerdicts> {
  const results = await executeSideBySide(ledger, commands);
  metrics.recordResults(results);
  return results.map(toVerdict);
}

/** An item's commands stay together and in order; different items don't depend on each other. */
async function executeSideBySide(
  ledger: StockLedger,
  commands: readonly ItemLedgerCommand[],
): Promise<readonly LedgerResult[]> {
  if (commands.length < SESSIONS_PER_BATCH * MIN_COMMANDS_PER_SESSION) {
    return ledger.executeBatch(commands);
  }
  const parts = splitByItem(commands, SESSIONS_PER_BATCH);
  const results: LedgerResult[] = [];
  const settled = await Promise.allSettled(
    parts.map(async (part) => {
      const executed = await ledger.executeBatch(
        part.map((index) => commands[index] as ItemLedgerCommand),
      );
      part.forEach((index, at) => {
        results[index] = executed[at] as LedgerResult;
      });
    }),
  );
  const failure = settled.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
  return results;
}
