import { AppError, coerceError } from '@inventory-events/errors';
import type { Channel, ConsumeMessage } from 'amqplib';
import { within } from '../connection/within';
import { createAckWindow } from './create-ack-window';

const CANCEL_TIMEOUT_MS = 5_000;
/** What is at the head of the queue is unknown, and it may be what ended the last process. */
const FIRST_WINDOW = 1;

/** What one channel brought and still owes an ack for. It ends with its channel. */
export interface ConsumerSession {
  /** Begins with a single message, and widens to what `settle` is told. */
  consume(): Promise<void>;
  /** Takes no more. */
  stop(): Promise<void>;
  /** Acknowledges what is done, and lets at most `window` messages out from here on. */
  settle(deliveryTags: readonly number[], window: number): Promise<void>;
  isConsuming(): boolean;
  isLost(): boolean;
  lose(): void;
}

export interface ConsumerSessionOptions {
  readonly channel: Channel;
  readonly queue: string;
  onMessage(message: ConsumeMessage): void;
  /** The broker ended the subscription, for example because the queue was deleted. */
  onCancelledByBroker(): void;
}

/**
 * The prefetch of a consumer is fixed, so another window means to cancel, to settle what is out and
 * to consume again. The cancellation comes before the ack that would let the next message in.
 */
export function createConsumerSession(options: ConsumerSessionOptions): ConsumerSession {
  const { channel } = options;
  const acks = createAckWindow();
  let lost = false;
  let stopped = false;
  let window = FIRST_WINDOW;
  let nextWindow: number | undefined;
  let isChanging = false;
  let unsettled = 0;
  let consumerTag: string | undefined;

  function receive(message: ConsumeMessage | null): void {
    if (lost) return;
    if (message === null) {
      consumerTag = undefined;
      options.onCancelledByBroker();
      return;
    }
    unsettled += 1;
    options.onMessage(message);
  }

  async function consume(): Promise<void> {
    if (lost || stopped) return;
    await channel.prefetch(window);
    const started = await channel.consume(options.queue, receive);
    consumerTag = started.consumerTag;
    if (stopped) await cancel();
  }

  async function cancel(): Promise<void> {
    const tag = consumerTag;
    consumerTag = undefined;
    if (tag === undefined || lost) return;
    await within(channel.cancel(tag), CANCEL_TIMEOUT_MS, 'cancelling the consumer');
  }

  return {
    consume,
    async stop() {
      stopped = true;
      await cancel();
    },
    async settle(deliveryTags, wanted) {
      if (nextWindow !== undefined) {
        nextWindow = Math.min(nextWindow, wanted);
      } else if (wanted !== window && !stopped && !lost) {
        nextWindow = wanted;
        await cancel();
      }
      unsettled -= deliveryTags.length;
      for (const tag of deliveryTags) acks.settle(tag);
      // A late ack would close the new channel: tags mean nothing outside the channel they came on.
      const ackable = lost ? undefined : acks.takeAckable();
      if (ackable !== undefined) sendAck(channel, ackable);
      if (nextWindow !== undefined && unsettled === 0) {
        window = nextWindow;
        nextWindow = undefined;
        isChanging = true;
        await consume();
        isChanging = false;
      }
    },
    isConsuming: () =>
      !lost && (consumerTag !== undefined || nextWindow !== undefined || isChanging),
    isLost: () => lost,
    lose() {
      lost = true;
      consumerTag = undefined;
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
