import {
  type AmqpConnection,
  type BatchConsumer,
  createBatchConsumer,
  type DeadLetterPublisher,
  type SuspectRegister,
} from '@inventory-events/messaging';
import type { Logger } from '@inventory-events/service-runtime';
import type { ItemLedgerCommand, StockLedger } from '@inventory-events/stock-ledger';
import type { Config } from '../config';
import type { IngestMetrics } from '../create-ingest-metrics';
import { applyStockUpdates } from './apply-stock-updates';
import { decodeStockUpdate } from './decode-stock-update';

export interface StockUpdatesConsumerDeps {
  readonly connection: AmqpConnection;
  readonly deadLetters: DeadLetterPublisher;
  readonly suspects: SuspectRegister;
  readonly ledger: StockLedger;
  readonly metrics: IngestMetrics;
  readonly logger: Logger;
  readonly settings: Config['ingest'];
  declareQueue(queue: string): Promise<void>;
  waitForDatabase(signal: AbortSignal): Promise<void>;
}

/** Where a message came from, for the inbox: the partitions are one source. */
const SOURCE = 'inventory.updates';

export function createStockUpdatesConsumer(
  deps: StockUpdatesConsumerDeps,
  queue: string,
): BatchConsumer {
  const { settings, ledger, metrics } = deps;
  return createBatchConsumer<ItemLedgerCommand>({
    connection: deps.connection,
    queue,
    logger: deps.logger,
    prefetch: settings.prefetch,
    batchSize: settings.batchSize,
    maxAttempts: settings.maxAttempts,
    suspects: deps.suspects,
    deadLetters: deps.deadLetters,
    declare: () => deps.declareQueue(queue),
    waitUntilReady: deps.waitForDatabase,
    decode: (message) => decodeStockUpdate(message, SOURCE, Date.now()),
    handle: (commands) => applyStockUpdates(ledger, metrics, commands),
    observer: {
      batchSettled: metrics.recordBatch,
      deadLettered: metrics.recordDeadLetter,
      retried: metrics.recordRetry,
      redelivered: metrics.recordRedelivery,
    },
  });
}
