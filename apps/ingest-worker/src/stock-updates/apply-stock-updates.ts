import { AppError } from '@inventory-events/errors';
import type { BatchVerdicts } from '@inventory-events/messaging';
import type { LedgerCommand, LedgerResult, StockLedger } from '@inventory-events/stock-ledger';
import type { IngestMetrics } from '../create-ingest-metrics';

/** Has the ledger execute a batch, and says which messages belong into the dead-letter queue. */
export async function applyStockUpdates(
  ledger: StockLedger,
  metrics: IngestMetrics,
  commands: readonly LedgerCommand[],
): Promise<BatchVerdicts> {
  const results = await ledger.executeBatch(commands);
  metrics.recordResults(results);
  return results.map(toVerdict);
}

function toVerdict(result: LedgerResult): AppError | undefined {
  switch (result.outcome) {
    case 'applied':
    case 'unchanged':
    case 'stale':
    case 'duplicate':
      return undefined;
    case 'conflict':
      return new AppError('EVENT_ID_CONFLICT', 'another body was processed under this eventId');
    case 'rejected':
      return new AppError('INVALID_MESSAGE', `the ledger rejected it: ${result.reason}`);
  }
}
