import type { PartitionLeases } from '@inventory-events/data-access';
import { coerceError } from '@inventory-events/errors';
import type { BatchConsumer } from '@inventory-events/messaging';
import type { Logger } from '@inventory-events/service-runtime';
import type { QueueShare } from '../consuming/queue-share';

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

/**
 * This worker's part of the queues: a consumer on every queue whose lease it holds. A lost lease
 * session alone ends nothing, because it mostly means a database outage, in which batches are held:
 * letting go of them would cost their messages a delivery. The queue's single active consumer keeps
 * a second worker from being served meanwhile. Once the leases are back, what another worker has
 * is let go.
 */
export function createQueueShare(options: QueueShareOptions): QueueShare {
  return new LeasedQueueShare(options);
}

class LeasedQueueShare implements QueueShare {
  readonly #options: QueueShareOptions;
  readonly #leases: PartitionLeases;
  readonly #open = new Map<number, BatchConsumer>();
  #drainSignal: AbortSignal | undefined;
  #connectedSince: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: QueueShareOptions) {
    this.#options = options;
    this.#leases = options.createLeases({
      onAcquired: (index) => this.#acquire(index),
      onReleasing: (index) => this.#release(index),
    });
  }

  start(): void {
    if (this.#stopping || this.#timer) return;
    this.#leases.start();
    this.#timer = setInterval(() => this.#reconcile(), RECONCILE_INTERVAL_MS);
  }

  async cancel(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await Promise.all([...this.#open.values()].map((consumer) => consumer.cancel()));
  }

  async drain(signal: AbortSignal): Promise<void> {
    this.#stopping = true;
    this.#drainSignal = signal;
    await this.#leases.stop();
    await Promise.all([...this.#open.keys()].map((index) => this.#release(index)));
  }

  async close(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#leases.stop();
    await Promise.all([...this.#open.values()].map((consumer) => consumer.close()));
  }

  consumers() {
    const { queues } = this.#options;
    return [...this.#open].map(([index, consumer]) => ({ queue: queues[index] ?? '', consumer }));
  }

  isSharing(): boolean {
    return this.#leases.isConnected();
  }

  #acquire(index: number): void {
    const queue = this.#options.queues[index];
    if (this.#stopping || queue === undefined || this.#open.has(index)) return;
    const consumer = this.#options.createConsumer(queue);
    this.#open.set(index, consumer);
    consumer.start();
  }

  async #release(index: number): Promise<void> {
    const consumer = this.#open.get(index);
    if (!consumer) return;
    this.#open.delete(index);
    try {
      await consumer.cancel();
      await consumer.drain(this.#drainSignal);
    } finally {
      await consumer.close();
    }
  }

  #reconcile(): void {
    if (!this.#leases.isConnected()) {
      this.#connectedSince = undefined;
      return;
    }
    this.#connectedSince ??= performance.now();
    if (performance.now() - this.#connectedSince < GRACE_AFTER_RECONNECT_MS) return;
    for (const index of this.#open.keys()) {
      if (!this.#leases.owned().has(index)) void this.#releaseUnowned(index);
    }
  }

  async #releaseUnowned(index: number): Promise<void> {
    const { logger, queues } = this.#options;
    logger.warn({ queue: queues[index] }, 'another worker has taken this queue over');
    try {
      await this.#release(index);
    } catch (thrown) {
      logger.warn({ err: coerceError(thrown) }, 'a consumer ended badly');
    }
  }
}
