import type { PartitionLeases } from '@inventory-events/data-access';
import { coerceError } from '@inventory-events/errors';
import type { BatchConsumer } from '@inventory-events/messaging';
import type { Logger } from '@inventory-events/service-runtime';

const RECONCILE_INTERVAL_MS = 1_000;
/** Time for the leases to be taken again by whoever held them before an outage. */
const GRACE_AFTER_RECONNECT_MS = 3_000;

export interface LeaseEvents {
  onAcquired(index: number): void;
  onReleasing(index: number): Promise<void>;
}

export interface QueueShareOptions {
  readonly queues: readonly string[];
  readonly logger: Logger;
  createLeases(events: LeaseEvents): PartitionLeases;
  createConsumer(queue: string): BatchConsumer;
}

export interface QueueShare {
  start(): void;
  cancel(): Promise<void>;
  /** Finishes what was taken, then lets the other workers have the queues. */
  drain(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
  consumers(): readonly { readonly queue: string; readonly consumer: BatchConsumer }[];
  isSharing(): boolean;
}

/**
 * This worker's part of the queues: a consumer on every queue whose lease it holds. A lost lease
 * session alone ends nothing, because it mostly means a database outage, in which batches are held:
 * letting go of them would cost their messages a delivery. The queue's single active consumer keeps
 * a second worker from being served meanwhile. Once the leases are back, what another worker has
 * is let go.
 */
export function createQueueShare(options: QueueShareOptions): QueueShare {
  const { queues, logger } = options;
  const open = new Map<number, BatchConsumer>();
  const leases = options.createLeases({ onAcquired: acquire, onReleasing: release });
  let drainSignal: AbortSignal | undefined;
  let connectedSince: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  function acquire(index: number): void {
    const queue = queues[index];
    if (stopping || queue === undefined || open.has(index)) return;
    const consumer = options.createConsumer(queue);
    open.set(index, consumer);
    consumer.start();
  }

  async function release(index: number): Promise<void> {
    const consumer = open.get(index);
    if (!consumer) return;
    open.delete(index);
    try {
      await consumer.cancel();
      await consumer.drain(drainSignal);
    } finally {
      await consumer.close();
    }
  }

  function reconcile(): void {
    if (!leases.isConnected()) {
      connectedSince = undefined;
      return;
    }
    connectedSince ??= performance.now();
    if (performance.now() - connectedSince < GRACE_AFTER_RECONNECT_MS) return;
    for (const index of open.keys()) {
      if (!leases.owned().has(index)) void releaseUnowned(index);
    }
  }

  async function releaseUnowned(index: number): Promise<void> {
    logger.warn({ queue: queues[index] }, 'another worker has taken this queue over');
    try {
      await release(index);
    } catch (thrown) {
      logger.warn({ err: coerceError(thrown) }, 'a consumer ended badly');
    }
  }

  return {
    start() {
      if (stopping || timer) return;
      leases.start();
      timer = setInterval(reconcile, RECONCILE_INTERVAL_MS);
    },
    async cancel() {
      stopping = true;
      clearInterval(timer);
      await Promise.all([...open.values()].map((consumer) => consumer.cancel()));
    },
    async drain(signal) {
      stopping = true;
      drainSignal = signal;
      await leases.stop();
      await Promise.all([...open.keys()].map(release));
    },
    async close() {
      stopping = true;
      clearInterval(timer);
      await leases.stop();
      await Promise.all([...open.values()].map((consumer) => consumer.close()));
    },
    consumers: () =>
      [...open].map(([index, consumer]) => ({ queue: queues[index] ?? '', consumer })),
    isSharing: () => leases.isConnected(),
  };
}
