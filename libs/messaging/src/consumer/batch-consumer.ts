import type { ConsumeMessage } from 'amqplib';
import type { Logger } from 'pino';
import type { AmqpConnection } from '../connection/amqp-connection';
import type { DeadLetterPublisher } from '../dead-letter/create-dead-letter-publisher';
import type { BatchVerdicts } from './run-batch';
import type { SuspectRegister } from './suspect-register';

export interface BatchConsumerOptions<T> {
  readonly connection: AmqpConnection;
  readonly queue: string;
  readonly logger: Logger;
  /** Unacknowledged messages at most, the batch in flight included. */
  readonly prefetch: number;
  readonly batchSize: number;
  /** Attempts at a message that fails for unknown reasons. Outages cost none. */
  readonly maxAttempts: number;
  readonly suspects: SuspectRegister;
  readonly deadLetters: DeadLetterPublisher;
  /** Declares the queue. Runs before consuming on every new channel. */
  declare?(): Promise<void>;
  /** Resolves once messages can be processed, so that none is taken only to be held. */
  waitUntilReady?(signal: AbortSignal): Promise<void>;
  /** Runs on arrival, while an earlier batch is in flight. An AppError dead-letters the message. */
  decode(message: ConsumeMessage): T;
  /** One verdict per message, in order. Throws when it could not decide, with no effect left. */
  handle(batch: readonly T[]): Promise<BatchVerdicts>;
  readonly observer?: BatchConsumerObserver;
}

/** For metrics; nothing here may throw. */
export interface BatchConsumerObserver {
  batchSettled?(batch: { readonly size: number; readonly durationMs: number }): void;
  deadLettered?(code: string): void;
  retried?(error: Error): void;
  redelivered?(): void;
}

export type BatchConsumerState = 'idle' | 'connecting' | 'consuming' | 'retrying' | 'stopped';

/**
 * Consumes one queue in batches, at least once and in order: a batch is handed over at once when
 * nothing is in flight, and otherwise holds what arrived in the meantime. Messages are acknowledged
 * after their batch is settled, and only on the channel that brought them.
 *
 * Stop in order: `cancel` takes no more, `drain` finishes what was taken, `close` lets go.
 */
export interface BatchConsumer {
  start(): void;
  cancel(): Promise<void>;
  /** When the signal aborts, what is not finished goes back to the queue. */
  drain(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
  state(): BatchConsumerState;
  /** Why it is retrying. */
  lastError(): Error | undefined;
}
