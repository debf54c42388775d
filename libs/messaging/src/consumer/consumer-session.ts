import { AppError, coerceError } from '@inventory-events/errors';
import type { Channel, ConsumeMessage } from 'amqplib';
import { within } from '../connection/within';
import { createAckWindow } from './create-ack-window';

const CANCEL_TIMEOUT_MS = 5_000;

/** What one channel brought and still owes an ack for. It ends with its channel. */
export interface ConsumerSession {
  consume(): Promise<void>;
  /** Takes no more. */
  stop(): Promise<void>;
  settle(deliveryTags: readonly number[]): void;
  isConsuming(): boolean;
  isLost(): boolean;
  lose(): void;
}

export interface ConsumerSessionOptions {
  readonly channel: Channel;
  readonly queue: string;
  /**
   * The same in every session: what a broken session held goes back to the front of the queue in
   * order only as long as the next session takes all of it.
   */
  readonly prefetch: number;
  /** `isHead`: the first message of the session, and so the first of the queue. */
  onMessage(message: ConsumeMessage, isHead: boolean): void;
  /** The broker ended the subscription, for example because the queue was deleted. */
  onCancelledByBroker(): void;
}

export function createConsumerSession(options: ConsumerSessionOptions): ConsumerSession {
  const { channel, queue, prefetch } = options;
  const acks = createAckWindow();
  let lost = false;
  let stopped = false;
  let hasReceived = false;
  let consumerTag: string | undefined;

  function receive(message: ConsumeMessage | null): void {
    if (lost) return;
    if (message === null) {
      consumerTag = undefined;
      options.onCancelledByBroker();
      return;
    }
    const isHead = !hasReceived;
    hasReceived = true;
    options.onMessage(message, isHead);
  }

  async function cancel(): Promise<void> {
    const tag = consumerTag;
    consumerTag = undefined;
    if (tag === undefined || lost) return;
    await within(channel.cancel(tag), CANCEL_TIMEOUT_MS, 'cancelling the consumer');
  }

  return {
    async consume() {
      if (lost || stopped) return;
      await channel.prefetch(prefetch);
      const started = await channel.consume(queue, receive);
      consumerTag = started.consumerTag;
      if (stopped) await cancel();
    },
    async stop() {
      stopped = true;
      await cancel();
    },
    settle(deliveryTags) {
      for (const tag of deliveryTags) acks.settle(tag);
      // A late ack would close the new channel: tags mean nothing outside the channel they came on.
      const ackable = lost ? undefined : acks.takeAckable();
      if (ackable !== undefined) sendAck(channel, ackable);
    },
    isConsuming: () => !lost && consumerTag !== undefined,
    isLost: () => lost,
    lose() {
      lost = true;
    },
  };
}

function sendAck(channel: Channel, deliveryTag: number): void {
  try {
    channel.ack({ fields: { deliveryTag } } as ConsumeMessage, true);
  } catch (thrown) {
    // The channel closed a moment ago and its `close` event follows: the messages come again.
    const error = coerceError(thrown);
    if (error.name === 'IllegalOperationError') return;
    throw new AppError('INTERNAL', 'could not acknowledge', { cause: error });
  }
}
