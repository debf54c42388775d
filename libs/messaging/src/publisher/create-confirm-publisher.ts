import { coerceError } from '@inventory-events/errors';
import type { ConfirmChannel } from 'amqplib';
import type { AmqpConnection, ManagedChannel } from '../connection/amqp-connection';
import { coalesceWrites } from './coalesce-writes';
import type { ConfirmPublisher, OutgoingMessage, PublishOutcome } from './confirm-publisher';

export interface ConfirmPublisherOptions {
  /** One for publishing only: the broker stops reading from publishers when it has an alarm. */
  readonly connection: AmqpConnection;
  readonly name: string;
  readonly maxInFlight: number;
  /** Declares what is published to. Runs before every new channel is used. */
  declare(): Promise<void>;
  /** Something may be published again, after `isWritable` was false for another reason than the number in flight. */
  onWritable(): void;
}

type OnOutcome = (outcome: PublishOutcome, detail: string | undefined) => void;

/** PRECONDITION_FAILED and CONTENT_TOO_LARGE: the message is at fault, not the topology. */
const MESSAGE_FAULTS: ReadonlySet<unknown> = new Set([406, 311]);

/** Publishes on a confirm channel, with one callback per message and no promise. */
export function createConfirmPublisher(options: ConfirmPublisherOptions): ConfirmPublisher {
  return new ChannelPublisher(options);
}

interface ChannelFault {
  readonly message: string;
  /** One message alone was in flight, and it is what the broker complains of. */
  readonly isByMessage: boolean;
}

/** One channel of the broker's, with what is known of its end. */
interface OpenChannel {
  readonly channel: ConfirmChannel;
  isClosed: boolean;
  fault: ChannelFault | undefined;
}

class ChannelPublisher implements ConfirmPublisher {
  readonly #options: ConfirmPublisherOptions;
  readonly #returned = new Map<string, string>();
  #managed: ManagedChannel | undefined;
  #open: OpenChannel | undefined;
  #inFlight = 0;
  /** Messages to be sent one by one, because one of them made the broker close the channel. */
  #suspects = 0;
  #isFull = false;

  constructor(options: ConfirmPublisherOptions) {
    this.#options = options;
    options.connection.onBlockedChange((blocked) => {
      if (!blocked && this.isReady()) options.onWritable();
    });
  }

  start(): void {
    const { connection, name, declare } = this.#options;
    this.#managed ??= connection.openChannel({
      name,
      confirm: true,
      setup: async (channel) => {
        const open = this.#attach(channel);
        await declare();
        if (open.isClosed) return;
        this.#isFull = false;
        this.#open = open;
        setImmediate(this.#options.onWritable);
      },
      onLost: () => {
        this.#open = undefined;
        this.#returned.clear();
      },
    });
  }

  isReady(): boolean {
    return this.#open !== undefined && !this.#options.connection.isBlocked();
  }

  isWritable(): boolean {
    if (!this.isReady() || this.#isFull) return false;
    return this.#inFlight < (this.#suspects > 0 ? 1 : this.#options.maxInFlight);
  }

  inFlight(): number {
    return this.#inFlight;
  }

  publish(message: OutgoingMessage, onOutcome: OnOutcome): void {
    const open = this.#open;
    if (open === undefined) return onOutcome('unknown', undefined);
    const { exchange, routingKey, content, properties } = message;
    const settled = (error: unknown): void =>
      outsideOfClient(() => this.#settle(open, properties.messageId, error, onOutcome));
    try {
      const { channel } = open;
      this.#isFull = !channel.publish(exchange, routingKey, content, properties, settled);
    } catch (thrown) {
      const error = coerceError(thrown);
      if (error.name === 'IllegalOperationError') return onOutcome('unknown', undefined);
      return onOutcome('refused', error.message);
    }
    this.#inFlight += 1;
  }

  async close(): Promise<void> {
    await this.#managed?.close();
  }

  #attach(channel: ConfirmChannel): OpenChannel {
    const open: OpenChannel = { channel, isClosed: false, fault: undefined };
    coalesceWrites(channel);
    channel.on('return', ({ fields, properties }) => {
      const { replyText } = fields as unknown as { replyText?: string };
      this.#returned.set(String(properties.messageId), replyText ?? 'returned');
    });
    channel.on('drain', () => {
      this.#isFull = false;
      this.#options.onWritable();
    });
    channel.on('error', (error: Error & { code?: unknown }) => {
      const isMessageFault = MESSAGE_FAULTS.has(error.code);
      open.fault = { message: error.message, isByMessage: isMessageFault && this.#inFlight === 1 };
      if (isMessageFault && this.#inFlight > 1) this.#suspects = this.#inFlight;
    });
    // Before amqplib's own listener, which fails all that is unconfirmed: no nack of the broker.
    channel.prependListener('close', () => {
      open.isClosed = true;
    });
    return open;
  }

  #settle(open: OpenChannel, messageId: string, error: unknown, onOutcome: OnOutcome): void {
    this.#inFlight -= 1;
    const { fault } = open;
    if (open.isClosed && fault?.isByMessage !== true) return onOutcome('unknown', fault?.message);
    if (this.#suspects > 0) this.#suspects -= 1;
    if (open.isClosed) return onOutcome('refused', fault?.message);
    if (error) return onOutcome('nacked', coerceError(error).message);
    const reason = this.#returned.size > 0 ? this.#returned.get(messageId) : undefined;
    if (reason === undefined) return onOutcome('confirmed', undefined);
    this.#returned.delete(messageId);
    onOutcome('returned', reason);
  }
}

/**
 * The client library takes what a callback throws for a broken frame, and forgets the confirms
 * behind it. A caller that can't tell what is settled any more must not go on: it is an exception
 * that nobody caught, which ends the process.
 */
function outsideOfClient(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
