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

interface Opened {
  readonly channel: Channel | ConfirmChannel;
  lost: boolean;
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
  let model: ChannelModel | undefined;
  let opened: Opened | undefined;
  let isSetUp = false;
  let setUpAt = 0;
  let attempt = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const onFault = (error: Error) =>
    logger.warn({ err: error, channel: options.name }, 'channel fault');

  function scheduleReopen(): void {
    if (closed || !model || timer) return;
    attempt += 1;
    timer = setTimeout(() => {
      timer = undefined;
      void open();
    }, reconnectDelayMs(attempt));
  }

  function lose(current: Opened): void {
    if (current.lost) return;
    current.lost = true;
    if (opened !== current) return;
    opened = undefined;
    if (isSetUp && performance.now() - setUpAt > STABLE_AFTER_MS) attempt = 0;
    isSetUp = false;
    options.onLost?.();
    scheduleReopen();
  }

  async function create(on: ChannelModel): Promise<Opened> {
    const channel = options.confirm ? await on.createConfirmChannel() : await on.createChannel();
    const current: Opened = { channel, lost: false };
    channel.on('error', onFault);
    channel.on('close', () => lose(current));
    channel.on('handler-error', (error: Error) => {
      onFault(error);
      abandon(current);
    });
    return current;
  }

  async function open(): Promise<void> {
    const on = model;
    if (closed || !on || opened) return;
    let current: Opened | undefined;
    try {
      current = await create(on);
      if (closed || model !== on) return abandon(current);
      opened = current;
      await options.setup(current.channel as ConfirmChannel);
      if (current.lost) return;
      isSetUp = true;
      setUpAt = performance.now();
    } catch (thrown) {
      if (model === on) onFault(coerceError(thrown));
      if (current) abandon(current);
      else scheduleReopen();
    }
  }

  function abandon(current: Opened): void {
    const wasLost = current.lost;
    lose(current);
    if (wasLost) return;
    closeChannel(current.channel).catch((error: unknown) => onFault(coerceError(error)));
  }

  const self: SupervisedChannel = {
    isOpen: () => isSetUp,
    reopen: () => opened && abandon(opened),
    connected(next) {
      model = next;
      attempt = 0;
      void open();
    },
    disconnected() {
      model = undefined;
      clearTimeout(timer);
      timer = undefined;
      if (opened) lose(opened);
    },
    async close() {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      onClosed(self);
      const last = opened;
      if (!last) return;
      lose(last);
      await closeChannel(last.channel);
    },
  };
  return self;
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
