import type { BatchConsumer } from '@inventory-events/messaging';

/** The queues that this worker consumes, out of those that all workers do. */
export interface QueueShare {
  start(): void;
  cancel(): Promise<void>;
  /** Finishes what was taken, then lets the other workers have the queues. */
  drain(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
  consumers(): readonly { readonly queue: string; readonly consumer: BatchConsumer }[];
  isSharing(): boolean;
}
