import { topology } from '@inventory-events/contracts';
import { declareOrdersQueue } from '@inventory-events/messaging';
import {
  type ConsumingService,
  createConsumingService,
} from '../consuming/create-consuming-service';
import { createLeasedShare, type LeasedShareOptions } from '../partitions/create-leased-share';
import { createOrderEventsConsumer, type OrderEventsConsumerDeps } from './order-events.consumer';

export interface OrderEventsServiceOptions extends Pick<
  LeasedShareOptions,
  'namespace' | 'databaseUrl'
> {
  readonly deps: Omit<OrderEventsConsumerDeps, 'declareQueue'>;
}

/**
 * Consumes the queue `inventory.orders` in one worker at a time. A service of its own: where this
 * worker may not declare the exchanges of the shop, inventory updates go on without it.
 */
export function createOrderEventsService(options: OrderEventsServiceOptions): ConsumingService {
  const { namespace, databaseUrl } = options;
  const { logger, connection } = options.deps;
  const declareQueue = () => declareOrdersQueue({ connection, logger });
  return createConsumingService({
    name: 'order-events',
    logger,
    async declareQueues() {
      await declareQueue();
      return [topology.queues.orders];
    },
    createShare: (queues) =>
      createLeasedShare({
        queues,
        namespace,
        databaseUrl,
        logger,
        createConsumer: () => createOrderEventsConsumer({ ...options.deps, declareQueue }),
      }),
  });
}
