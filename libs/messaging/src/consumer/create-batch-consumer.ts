import { coerceError } from '@inventory-events/errors';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { ManagedChannel } from '../connection/amqp-connection';
import type { BatchConsumer, BatchConsumerOptions } from './batch-consumer';
import { createConsumerSession, type ConsumerSession } from './consumer-session';
import { createBatchRunner } from './create-batch-runner';
import { createLanes } from './create-lanes';
import { type Entry, toEntry } from './entry';
import { isolationWindow } from './isolation-window';
import { takeBatch } from './take-batch';

/** See `BatchConsumer` for what it promises. */
export function createBatchConsumer<T>(options: BatchConsumerOptions<T>): BatchConsumer {
  const { queue, observer } = options;
  const logger = options.logger.child({ queue });
  const abort = new AbortController();
  const runner = createBatchRunner({ ...options, logger }, abort.signal);
  const lanes = createLanes<Entry<T>>(options.lanes?.count ?? 1, {
    take: (pending) => takeBatch(pending, options.batchSize),
    run,
    onError(thrown) {
      if (!abort.signal.aborted) startOver(session, coerceError(thrown));
    },
  });
  let channel: ManagedChannel | undefined;
  let session: ConsumerSession | undefined;
  let stopping = false;

  function receive(from: ConsumerSession, message: ConsumeMessage): void {
    const entry = toEntry(from, message, options);
    if (entry.deliveryCount > 0) observer?.redelivered?.();
    const { value } = entry;
    lanes.push(entry, value === undefined ? 0 : (options.lanes?.laneOf(value) ?? 0));
  }

  async function run(batch: readonly Entry<T>[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    const startedAt = performance.now();
    await runner.run(batch);
    const worst = batch.reduce((count, entry) => Math.max(count, entry.deliveryCount), 0);
    const tags = batch.map((entry) => entry.message.fields.deliveryTag);
    await first.session.settle(tags, isolationWindow(options.prefetch, worst));
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
      onMessage: (message) => receive(begun, message),
      onCancelledByBroker: () => startOver(begun, new Error('cancelled by the broker')),
    });
    return begun;
  }

  /** The last batch of a lost channel ends first, or its messages would run beside themselves. */
  async function beginConsuming(begun: ConsumerSession): Promise<void> {
    try {
      await lanes.whenIdle();
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
        lanes.clear();
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
      await lanes.whenIdle();
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
