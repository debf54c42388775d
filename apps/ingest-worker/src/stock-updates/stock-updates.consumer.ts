import { topology } from '@inventory-events/contracts';
import type { BatchConsumer, DeadLetterPublisher } from '@inventory-events/messaging';
import type { StockLedger } from '@inventory-events/stock-ledger';
import {
  createIncomingConsumer,
  type IncomingConsumerDeps,
} from '../consuming/create-incoming-consumer';
import { applyStockUpdates } from './apply-stock-updates';
import { decodeStockUpdate } from './decode-stock-update';

export interface StockUpdatesConsumerDeps extends IncomingConsumerDeps {
  readonly ledger: StockLedger;
  readonly deadLetters: DeadLetterPublisher;
  declareQueue(queue: string): Promise<void>;
}

const source = topology.queues.updates;

export function createStockUpdatesConsumer(
  deps: StockUpdatesConsumerDeps,
  queue: string,
): BatchConsumer {
  return createIncomingConsumer(deps, {
    queue,
    source,
    deadLetters: deps.deadLetters,
    declare: () => deps.declareQueue(queue),
    decode: (message) => decodeStockUpdate(message, source, Date.now()),
    handle: (commands) => applyStockUpdates(deps.ledger, deps.metrics, commands),
  });
}
