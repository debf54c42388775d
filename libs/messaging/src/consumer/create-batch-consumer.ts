import { coerceError } from '@inventory-events/errors';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { Logger } from 'pino';
import type { ManagedChannel } from '../connection/amqp-connection';
import type { BatchConsumer, BatchConsumerOptions, BatchConsumerState } from './batch-consumer';
import { createConsumerSession, type ConsumerSession } from './consumer-session';
import { type BatchRunner, createBatchRunner } from './create-batch-runner';
import { createLane, type Lane } from './create-lane';
import { type Entry, toEntry } from './entry';
import { takeBatch } from './take-batch';

/** See `BatchConsumer` for what it promises. */
export function createBatchConsumer<T>(options: BatchConsumerOptions<T>): BatchConsumer {
  return new QueueBatchConsumer(options);
}

class QueueBatchConsumer<T> implements BatchConsumer {
  readonly #options: BatchConsumerOptions<T>;
  readonly #logger: Logger;
  readonly #abort = new AbortController();
  readonly #runner: BatchRunner<T>;
  readonly #lane: Lane<Entry<T>>;
  #channel: ManagedChannel | undefined;
  #session: ConsumerSession | undefined;
  #stopping = false;

  constructor(options: BatchConsumerOptions<T>) {
    this.#options = options;
    this.#logger = options.logger.child({ queue: options.queue });
    this.#runner = createBatchRunner({ ...options, logger: this.#logger }, this.#abort.signal);
    this.#lane = createLane<Entry<T>>({
      take: (pending) => takeBatch(pending, options.batchSize),
      run: (batch) => this.#run(batch),
      onError: (thrown) => {
        if (!this.#abort.signal.aborted) this.#startOver(this.#session, coerceError(thrown));
      },
    });
  }

  start(): void {
    if (this.#channel || this.#stopping) return;
    this.#channel = this.#options.connection.openChannel({
      name: `consume ${this.#options.queue}`,
      setup: async (channel) => {
        this.#session = this.#openSession(channel);
        void this.#beginConsuming(this.#session);
      },
      onLost: () => {
        this.#session?.lose();
        this.#lane.clear();
      },
    });
  }

  async cancel(): Promise<void> {
    this.#stopping = true;
    this.#session?.stop();
  }

  async drain(signal?: AbortSignal): Promise<void> {
    this.#stopping = true;
    const giveBack = () => this.#abort.abort();
    if (signal?.aborted) giveBack();
    signal?.addEventListener('abort', giveBack, { once: true });
    await this.#lane.whenIdle();
    signal?.removeEventListener('abort', giveBack);
  }

  async close(): Promise<void> {
    this.#stopping = true;
    this.#abort.abort();
    await this.#channel?.close();
  }

  state(): BatchConsumerState {
    if (this.#stopping) return 'stopped';
    if (!this.#channel) return 'idle';
    if (this.#runner.lastError()) return 'retrying';
    return this.#session?.isConsuming() ? 'consuming' : 'connecting';
  }

  lastError(): Error | undefined {
    return this.#runner.lastError();
  }

  #openSession(channel: Channel): ConsumerSession {
    const { queue, prefetch } = this.#options;
    const session: ConsumerSession = createConsumerSession({
      channel,
      queue,
      prefetch,
      onMessage: (message, isHead) => this.#receive(session, message, isHead),
      onCancelledByBroker: () => this.#startOver(session, new Error('cancelled by the broker')),
    });
    return session;
  }

  /** The last batch of a lost channel ends first, or its messages would run beside themselves. */
  async #beginConsuming(session: ConsumerSession): Promise<void> {
    try {
      await this.#lane.whenIdle();
      if (session.isLost() || this.#stopping) return;
      await this.#options.declare?.();
      await this.#options.waitUntilReady?.(this.#abort.signal);
      await session.consume();
    } catch (thrown) {
      this.#startOver(session, coerceError(thrown));
    }
  }

  #receive(session: ConsumerSession, message: ConsumeMessage, isHead: boolean): void {
    const entry = toEntry(session, message, isHead, this.#options.decode);
    if (entry.deliveryCount > 0) this.#options.observer?.redelivered?.();
    this.#lane.push(entry);
  }

  async #run(batch: readonly Entry<T>[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    const startedAt = performance.now();
    await this.#runner.run(batch);
    first.session.settle(batch.map((entry) => entry.message.fields.deliveryTag));
    const durationMs = performance.now() - startedAt;
    this.#options.observer?.batchSettled?.({ size: batch.length, durationMs });
  }

  #startOver(session: ConsumerSession | undefined, error: Error): void {
    if (this.#stopping || session?.isLost()) return;
    this.#logger.warn({ err: error }, 'consuming failed, it starts over on a new channel');
    this.#channel?.reopen();
  }
}
