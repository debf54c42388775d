import { coerceError } from '@inventory-events/errors';
import type { Channel, ChannelModel, ConfirmChannel } from 'amqplib';
import type { Logger } from 'pino';
import type { ChannelOptions, ManagedChannel } from './amqp-connection';
import { reconnectDelayMs } from './reconnect-delay';
import { within } from './within';

const CLOSE_TIMEOUT_MS = 2_000;
/** A channel that lived this long was fine; one that faults sooner is reopened ever more slowly. */
const STABLE_AFTER_MS = 5_000;

export interface SupervisedChannel extends ManagedChannel {
  /** The connection is there (again): open the channel on it. */
  connected(model: ChannelModel): void;
  disconnected(): void;
}

/**
 * One channel that is always there while its connection is. Faults that close a channel alone (404
 * after a publish, a deleted queue, a late ack) are answered like a lost connection: a new channel,
 * and `setup` again.
 */
export function createManagedChannel(
  options: ChannelOptions,
  logger: Logger,
  onClosed: (channel: SupervisedChannel) => void,
): SupervisedChannel {
  return new ReopeningChannel(options, logger, onClosed);
}

interface Opened {
  readonly channel: Channel | ConfirmChannel;
  setUpAt: number | undefined;
  lost: boolean;
}

class ReopeningChannel implements SupervisedChannel {
  readonly #options: ChannelOptions;
  readonly #logger: Logger;
  readonly #onClosed: (channel: SupervisedChannel) => void;
  #model: ChannelModel | undefined;
  #opened: Opened | undefined;
  #attempt = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    options: ChannelOptions,
    logger: Logger,
    onClosed: (channel: SupervisedChannel) => void,
  ) {
    this.#options = options;
    this.#logger = logger;
    this.#onClosed = onClosed;
  }

  isOpen(): boolean {
    return this.#opened?.setUpAt !== undefined;
  }

  reopen(): void {
    if (this.#opened) this.#abandon(this.#opened);
  }

  connected(model: ChannelModel): void {
    this.#model = model;
    this.#attempt = 0;
    void this.#open();
  }

  disconnected(): void {
    this.#model = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#opened) this.#lose(this.#opened);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#onClosed(this);
    const last = this.#opened;
    if (!last) return;
    this.#lose(last);
    await closeChannel(last.channel);
  }

  async #open(): Promise<void> {
    const model = this.#model;
    if (this.#closed || !model || this.#opened) return;
    let opened: Opened | undefined;
    try {
      opened = await this.#create(model);
      if (this.#closed || this.#model !== model) return this.#abandon(opened);
      this.#opened = opened;
      await this.#options.setup(opened.channel as ConfirmChannel);
      opened.setUpAt = performance.now();
    } catch (thrown) {
      if (this.#model === model) this.#warn(coerceError(thrown));
      if (opened) this.#abandon(opened);
      else this.#scheduleOpen();
    }
  }

  async #create(model: ChannelModel): Promise<Opened> {
    const { confirm } = this.#options;
    const channel = confirm ? await model.createConfirmChannel() : await model.createChannel();
    const opened: Opened = { channel, setUpAt: undefined, lost: false };
    channel.on('error', (error: Error) => this.#warn(error));
    channel.on('close', () => this.#lose(opened));
    channel.on('handler-error', (error: Error) => {
      this.#warn(error);
      this.#abandon(opened);
    });
    return opened;
  }

  #lose(opened: Opened): void {
    if (opened.lost) return;
    opened.lost = true;
    if (this.#opened !== opened) return;
    this.#opened = undefined;
    const { setUpAt } = opened;
    if (setUpAt !== undefined && performance.now() - setUpAt > STABLE_AFTER_MS) this.#attempt = 0;
    this.#options.onLost?.();
    this.#scheduleOpen();
  }

  #abandon(opened: Opened): void {
    const wasLost = opened.lost;
    this.#lose(opened);
    if (wasLost) return;
    closeChannel(opened.channel).catch((error: unknown) => this.#warn(coerceError(error)));
  }

  #scheduleOpen(): void {
    if (this.#closed || !this.#model || this.#timer) return;
    this.#attempt += 1;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#open();
    }, reconnectDelayMs(this.#attempt));
  }

  #warn(error: Error): void {
    this.#logger.warn({ err: error, channel: this.#options.name }, 'channel fault');
  }
}

/** Closing is a courtesy to the broker: a channel that is gone already, or hangs, is closed enough. */
async function closeChannel(channel: Channel): Promise<void> {
  try {
    const closed = new Promise<void>((resolve) => void channel.once('close', () => resolve()));
    await within(Promise.race([channel.close(), closed]), CLOSE_TIMEOUT_MS, 'closing a channel');
  } catch (thrown) {
    const error = coerceError(thrown);
    if (error.name !== 'IllegalOperationError' && !('code' in error)) throw error;
  }
}
