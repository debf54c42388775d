import {
  type AmqpConnection,
  type BatchConsumer,
  type BatchVerdicts,
  createBatchConsumer,
  type DeadLetterPublisher,
  type Message,
  type SuspectRegister,
} from '@inventory-events/messaging';
import type { Logger } from '@inventory-events/service-runtime';
import type { Config } from '../config';
import type { IngestMetrics } from '../create-ingest-metrics';

/** What the consumers of all queues share. */
export interface IncomingConsumerDeps {
  readonly connection: AmqpConnection;
  readonly suspects: SuspectRegister;
  readonly metrics: IngestMetrics;
  readonly logger: Logger;
  readonly settings: Config['ingest'];
  waitForDatabase(signal: AbortSignal): Promise<void>;
}

/** What makes one kind of messages different from another. */
export interface IncomingMessages<T> {
  readonly queue: string;
  /** Where they come from, for the inbox and the metrics: partitions of a queue are one source. */
  readonly source: string;
  readonly deadLetters: DeadLetterPublisher;
  declare(): Promise<void>;
  decode(message: Message): T;
  handle(batch: readonly T[]): Promise<BatchVerdicts>;
}

/** Batches, order, retries, poison messages and figures are the same for whatever comes in. */
export function createIncomingConsumer<T>(
  deps: IncomingConsumerDeps,
  messages: IncomingMessages<T>,
): BatchConsumer {
  const { settings, metrics } = deps;
  return createBatchConsumer<T>({
    connection: deps.connection,
    queue: messages.queue,
    logger: deps.logger,
    prefetch: settings.prefetch,
    batchSize: settings.batchSize,
    maxAttempts: settings.maxAttempts,
    suspects: deps.suspects,
    deadLetters: messages.deadLetters,
    declare: () => messages.declare(),
    waitUntilReady: (signal) => deps.waitForDatabase(signal),
    decode: (message) => messages.decode(message),
    handle: (batch) => messages.handle(batch),
    observer: {
      batchSettled: metrics.recordBatch,
      deadLettered: (code) => metrics.recordDeadLetter(messages.source, code),
      retried: metrics.recordRetry,
      redelivered: metrics.recordRedelivery,
    },
  });
}
