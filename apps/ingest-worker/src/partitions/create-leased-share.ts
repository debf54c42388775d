import { createPartitionLeases } from '@inventory-events/data-access';
import type { BatchConsumer } from '@inventory-events/messaging';
import type { Logger } from '@inventory-events/service-runtime';
import type { QueueShare } from '../consuming/queue-share';
import { createQueueShare } from './create-queue-share';

export interface LeasedShareOptions {
  readonly queues: readonly string[];
  /** Workers share what they lease under the same name. */
  readonly namespace: string;
  readonly databaseUrl: string;
  readonly logger: Logger;
  createConsumer(queue: string): BatchConsumer;
}

/** A share of the queues by leases in the database. */
export function createLeasedShare(options: LeasedShareOptions): QueueShare {
  const { queues, namespace, logger } = options;
  return createQueueShare({
    queues,
    logger,
    createConsumer: (queue) => options.createConsumer(queue),
    createLeases: (events) =>
      createPartitionLeases({
        ...events,
        connectionString: options.databaseUrl,
        applicationName: `${namespace} leases`,
        namespace,
        partitions: queues.length,
        // Held batches stay held, see createQueueShare.
        onLost: () => undefined,
        logger,
      }),
  });
}
