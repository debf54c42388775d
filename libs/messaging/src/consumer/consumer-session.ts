import { AppError, coerceError } from '@inventory-events/errors';
import type { Channel, ConsumeMessage } from 'amqplib';
import { createAckWindow } from './create-ack-window';

/** What one channel brought and still owes an ack for. It ends with its channel. */
export interface ConsumerSession {
  consume(): Promise<void>;
  /**
   * Takes no more. The subscription stays until the channel ends: a cancelled one would let the next
   * consumer of the queue begin with what comes behind the messages that this one still works on.
   * What the broker sends meanwhile goes back with the channel, in order.
   */
  stop(): void;
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
    if (lost || stopped) return;
    if (message === null) {
      consumerTag = undefined;
      options.onCancelledByBroker();
      return;
    }
    const isHead = !hasReceived;
    hasReceived = true;
    options.onMessage(message, isHead);
  }

  return {
    async consume() {
      if (lost || stopped) return;
      await channel.prefetch(prefetch);
      const started = await channel.consume(queue, receive);
      consumerTag = started.consumerTag;
    },
    stop() {
      stopped = true;
    },
    settle(deliveryTags) {
      for (const tag of deliveryTags) acks.settle(tag);
      // A late ack would close the new channel: tags mean nothing outside the channel they came on.
      const ackable = lost ? undefined : acks.takeAckable();
      if (ackable !== undefined) sendAck(channel, ackable);
    },
    isConsuming: () => !lost && !stopped && consumerTag !== undefined,
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
