import { AppError, coerceError } from '@inventory-events/errors';
import type { ChannelModel } from 'amqplib';
import { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { AmqpConnection } from './amqp-connection';
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
  const logger = options.logger.child({ connection: options.name });
  const channels = new Set<SupervisedChannel>();
  const blockedListeners: ((blocked: boolean) => void)[] = [];
  let model: ChannelModel | undefined;
  let timer: NodeJS.Timeout | undefined;
  let attempt = 0;
  let started = false;
  let closed = false;
  let blocked = false;

  function setBlocked(next: boolean): void {
    if (blocked === next) return;
    blocked = next;
    for (const listener of blockedListeners) listener(next);
  }

  function scheduleConnect(): void {
    if (closed) return;
    attempt += 1;
    timer = setTimeout(() => void tryConnect(), reconnectDelayMs(attempt));
  }

  async function tryConnect(): Promise<void> {
    let next: ChannelModel;
    try {
      next = await connectOnce(options);
    } catch (thrown) {
      logger.warn({ err: coerceError(thrown), attempt }, 'no connection to the broker yet');
      return scheduleConnect();
    }
    if (closed) return closeModel(next);
    supervise(next);
    model = next;
    attempt = 0;
    logger.info('connected to the broker');
    for (const channel of channels) channel.connected(next);
  }

  function supervise(next: ChannelModel): void {
    next.on('error', (error: Error) => logger.warn({ err: error }, 'connection fault'));
    next.on('handler-error', (error: Error) => logger.error({ err: error }, 'listener failed'));
    next.on('close', () => lost(next));
    next.on('blocked', (reason: string) => {
      logger.warn({ reason }, 'the broker blocks publishing');
      setBlocked(true);
    });
    next.on('unblocked', () => {
      logger.info('the broker accepts publishing again');
      setBlocked(false);
    });
  }

  function lost(gone: ChannelModel): void {
    if (model !== gone) return;
    model = undefined;
    for (const channel of channels) channel.disconnected();
    setBlocked(false);
    if (closed) return;
    logger.warn('lost the connection to the broker');
    scheduleConnect();
  }

  return {
    start() {
      if (started || closed) return;
      started = true;
      void tryConnect();
    },
    isConnected: () => model !== undefined,
    isBlocked: () => blocked,
    onBlockedChange: (listener) => void blockedListeners.push(listener),
    openChannel(channelOptions) {
      const channel = createManagedChannel(channelOptions, logger, (gone) => channels.delete(gone));
      channels.add(channel);
      if (model) channel.connected(model);
      return channel;
    },
    async useChannel(work) {
      if (!model) throw new AppError('DEPENDENCY_UNAVAILABLE', 'no connection to the broker');
      return useThrowawayChannel(model, work);
    },
    async close() {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      const last = model;
      if (last) {
        lost(last);
        await closeModel(last);
      }
    },
  };
}

async function useThrowawayChannel<T>(
  model: ChannelModel,
  work: (channel: Awaited<ReturnType<ChannelModel['createChannel']>>) => Promise<T>,
): Promise<T> {
  const channel = await model.createChannel();
  let isOpen = true;
  // The fault reaches the caller through the rejected call; without a listener it would end the process.
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
