import { AppError, coerceError } from '@inventory-events/errors';
import type { Channel, ChannelModel } from 'amqplib';
import { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { AmqpConnection, ChannelOptions, ManagedChannel } from './amqp-connection';
import { connectOnce, type ConnectOptions } from './connect-once';
import { createManagedChannel, type SupervisedChannel } from './create-managed-channel';
import { reconnectDelayMs } from './reconnect-delay';
import { within } from './within';

const CLOSE_TIMEOUT_MS = 2_000;

export interface AmqpConnectionOptions extends ConnectOptions {
  readonly logger: Logger;
}

/**
 * A connection that supervises itself: made in the background, made again with backoff after any
 * loss, and with it every channel that was opened through it.
 */
export function createAmqpConnection(options: AmqpConnectionOptions): AmqpConnection {
  return new ReconnectingConnection(options);
}

class ReconnectingConnection implements AmqpConnection {
  readonly #options: AmqpConnectionOptions;
  readonly #logger: Logger;
  readonly #channels = new Set<SupervisedChannel>();
  readonly #blockedListeners: ((blocked: boolean) => void)[] = [];
  #model: ChannelModel | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #started = false;
  #closed = false;
  #blocked = false;

  constructor(options: AmqpConnectionOptions) {
    this.#options = options;
    this.#logger = options.logger.child({ connection: options.name });
  }

  start(): void {
    if (this.#started || this.#closed) return;
    this.#started = true;
    void this.#connect();
  }

  isConnected(): boolean {
    return this.#model !== undefined;
  }

  isBlocked(): boolean {
    return this.#blocked;
  }

  onBlockedChange(listener: (blocked: boolean) => void): void {
    this.#blockedListeners.push(listener);
  }

  openChannel(options: ChannelOptions): ManagedChannel {
    const channel = createManagedChannel(options, this.#logger, (gone) =>
      this.#channels.delete(gone),
    );
    this.#channels.add(channel);
    if (this.#model) channel.connected(this.#model);
    return channel;
  }

  async useChannel<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
    const model = this.#model;
    if (!model) throw new AppError('DEPENDENCY_UNAVAILABLE', 'no connection to the broker');
    return useThrowawayChannel(model, work);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    const last = this.#model;
    if (!last) return;
    this.#lose(last);
    await closeModel(last);
  }

  async #connect(): Promise<void> {
    let model: ChannelModel;
    try {
      model = await connectOnce(this.#options);
    } catch (thrown) {
      const fields = { err: coerceError(thrown), attempt: this.#attempt };
      this.#logger.warn(fields, 'no connection to the broker yet');
      return this.#scheduleConnect();
    }
    if (this.#closed) return closeModel(model);
    this.#supervise(model);
    this.#model = model;
    this.#attempt = 0;
    this.#logger.info('connected to the broker');
    for (const channel of this.#channels) channel.connected(model);
  }

  #scheduleConnect(): void {
    if (this.#closed) return;
    this.#attempt += 1;
    this.#timer = setTimeout(() => void this.#connect(), reconnectDelayMs(this.#attempt));
  }

  #supervise(model: ChannelModel): void {
    model.on('error', (error: Error) => this.#logger.warn({ err: error }, 'connection fault'));
    model.on('handler-error', (error: Error) =>
      this.#logger.error({ err: error }, 'a listener failed'),
    );
    model.on('close', () => this.#lose(model));
    model.on('blocked', (reason: string) => {
      this.#logger.warn({ reason }, 'the broker blocks publishing');
      this.#setBlocked(true);
    });
    model.on('unblocked', () => {
      this.#logger.info('the broker accepts publishing again');
      this.#setBlocked(false);
    });
  }

  #lose(model: ChannelModel): void {
    if (this.#model !== model) return;
    this.#model = undefined;
    for (const channel of this.#channels) channel.disconnected();
    this.#setBlocked(false);
    if (this.#closed) return;
    this.#logger.warn('lost the connection to the broker');
    this.#scheduleConnect();
  }

  #setBlocked(blocked: boolean): void {
    if (this.#blocked === blocked) return;
    this.#blocked = blocked;
    for (const listener of this.#blockedListeners) listener(blocked);
  }
}

async function useThrowawayChannel<T>(
  model: ChannelModel,
  work: (channel: Channel) => Promise<T>,
): Promise<T> {
  const channel = await model.createChannel();
  let isOpen = true;
  // The fault reaches the caller through the rejected call; unheard it would end the process.
  channel.on('error', () => undefined);
  channel.on('close', () => {
    isOpen = false;
  });
  try {
    return await work(channel);
  } finally {
    if (isOpen) await within(channel.close(), CLOSE_TIMEOUT_MS, 'closing a channel');
  }
}

async function closeModel(model: ChannelModel): Promise<void> {
  try {
    // When the socket breaks meanwhile no answer comes, but the event does.
    const closed = new Promise<void>((resolve) => void model.once('close', () => resolve()));
    await within(Promise.race([model.close(), closed]), CLOSE_TIMEOUT_MS, 'closing a connection');
  } catch {
    // A broker that does not answer is left to notice by itself; its socket must not keep us alive.
    const { stream } = model.connection as { stream?: unknown };
    if (stream instanceof Duplex) stream.destroy();
  }
}
