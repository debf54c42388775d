import {
  type CommandQueue,
  type CommandQueueOptions,
  createCommandQueue,
} from '@inventory-events/stock-ledger';
import { Gauge, Histogram, type Registry } from 'prom-client';

const BATCH_SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500];
const BATCH_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

/** The queue of commands, which tells how full it and its batches are. */
export function createObservedQueue({
  registry,
  ...options
}: Omit<CommandQueueOptions, 'observer'> & { readonly registry: Registry }): CommandQueue {
  const registers = [registry];
  const size = new Histogram({
    name: 'ledger_batch_size',
    help: 'Commands in one transaction',
    buckets: BATCH_SIZES,
    registers,
  });
  const duration = new Histogram({
    name: 'ledger_batch_duration_seconds',
    help: 'From the beginning of a transaction to its commit, without failed attempts',
    buckets: BATCH_SECONDS,
    registers,
  });
  const queue = createCommandQueue({
    ...options,
    observer: {
      batchExecuted(batch) {
        size.observe(batch.size);
        duration.observe(batch.durationMs / 1_000);
      },
    },
  });
  new Gauge({
    name: 'ledger_commands_waiting',
    help: 'Commands that wait for their turn',
    registers,
    collect() {
      this.set(queue.waiting());
    },
  });
  return queue;
}
