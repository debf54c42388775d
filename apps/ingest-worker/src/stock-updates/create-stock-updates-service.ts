import {
  type ConsumingService,
  createConsumingService,
} from '../consuming/create-consuming-service';
import { createLeasedShare, type LeasedShareOptions } from '../partitions/create-leased-share';
import type { UpdatesTopology } from '../partitions/create-updates-topology';
import {
  createStockUpdatesConsumer,
  type StockUpdatesConsumerDeps,
} from './stock-updates.consumer';

export interface StockUpdatesServiceOptions extends Pick<
  LeasedShareOptions,
  'namespace' | 'databaseUrl'
> {
  readonly queues: UpdatesTopology;
  readonly deps: Omit<StockUpdatesConsumerDeps, 'declareQueue'>;
}

/** Consumes this worker's share of the queue `inventory.updates` and its partitions. */
export function createStockUpdatesService(options: StockUpdatesServiceOptions): ConsumingService {
  const { namespace, databaseUrl } = options;
  const { logger } = options.deps;
  const deps = { ...options.deps, declareQueue: options.queues.declareQueue };
  return createConsumingService({
    name: 'stock-updates',
    logger,
    declareQueues: options.queues.declareAll,
    createShare: (queues) =>
      createLeasedShare({
        queues,
        namespace,
        databaseUrl,
        logger,
        createConsumer: (queue) => createStockUpdatesConsumer(deps, queue),
      }),
  });
}
