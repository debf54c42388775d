import { coerceError } from '@inventory-events/errors';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { ManagedChannel } from '../connection/amqp-connection';
import type { BatchConsumer, BatchConsumerOptions } from './batch-consumer';
import { createConsumerSession, type ConsumerSession } from './consumer-session';
import { createBatchRunner } from './create-batch-runner';
import { createLane } from './create-lane';
import { type Entry, toEntry } from './entry';
import { takeBatch } from './take-batch';

/** See `BatchConsumer` for what it promises. */
export function createBatchConsumer<T>(options: BatchConsumerOptions<T>): BatchConsumer {
  const { queue, observer } = options;
  const logger = options.logger.child({ queue });
  const abort = new AbortController();
  const runner = createBatchRunner({ ...options, logger }, abort.signal);
  const lane = createLane<Entry<T>>({
    take: (pending) => takeBatch(pending, options.batchSize),
    run,
    onError(thrown) {
      if (!abort.signal.aborted) startOver(session, coerceError(thrown));
    },
  });
  let channel: ManagedChannel | undefined;
  let session: ConsumerSession | undefined;
  let stopping = false;

  function receive(from: ConsumerSession, message: ConsumeMessage, isHead: boolean): void {
    const entry = toEntry(from, message, isHead, options);
    if (entry.deliveryCount > 0) observer?.redelivered?.();
    lane.push(entry);
  }

  async function run(batch: readonly Entry<T>[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    const startedAt = performance.now();
    await runner.run(batch);
    first.session.settle(batch.map((entry) => entry.message.fields.deliveryTag));
    observer?.batchSettled?.({ size: batch.length, durationMs: performance.now() - startedAt });
  }

  function startOver(failed: ConsumerSession | undefined, error: Error): void {
    if (stopping || failed?.isLost()) return;
    logger.warn({ err: error }, 'consuming failed, it starts over on a new channel');
    channel?.reopen();
  }

  function openSession(opened: Channel): ConsumerSession {
    const begun: ConsumerSession = createConsumerSession({
      channel: opened,
      queue,
      prefetch: options.prefetch,
      onMessage: (message, isHead) => receive(begun, message, isHead),
      onCancelledByBroker: () => startOver(begun, new Error('cancelled by the broker')),
    });
    return begun;
  }

  /** The last batch of a lost channel ends first, or its messages would run beside themselves. */
  async function beginConsuming(begun: ConsumerSession): Promise<void> {
    try {
      await lane.whenIdle();
      if (begun.isLost() || stopping) return;
      await options.declare?.();
      await options.waitUntilReady?.(abort.signal);
      await begun.consume();
    } catch (thrown) {
      startOver(begun, coerceError(thrown));
    }
  }

  const start = () => {
    if (channel || stopping) return;
    channel = options.connection.openChannel({
      name: `consume ${queue}`,
      async setup(opened) {
        session = openSession(opened);
        void beginConsuming(session);
      },
      onLost() {
        session?.lose();
        lane.clear();
      },
    });
  };

  return {
    start,
    async cancel() {
      stopping = true;
      await session?.stop();
    },
    async drain(signal) {
      stopping = true;
      const giveBack = () => abort.abort();
      if (signal?.aborted) giveBack();
      signal?.addEventListener('abort', giveBack, { once: true });
      await lane.whenIdle();
      signal?.removeEventListener('abort', giveBack);
    },
    async close() {
      stopping = true;
      abort.abort();
      await channel?.close();
    },
    state() {
      if (stopping) return 'stopped';
      if (!channel) return 'idle';
      if (runner.lastError()) return 'retrying';
      return session?.isConsuming() ? 'consuming' : 'connecting';
    },
    lastError: () => runner.lastError(),
  };
}
