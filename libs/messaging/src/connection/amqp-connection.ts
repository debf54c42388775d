import type { Channel, ConfirmChannel } from 'amqplib';

export interface PlainChannelOptions {
  readonly name: string;
  readonly confirm?: false;
  /**
   * Runs on every new channel, so again after any loss of channel or connection. A rejection closes
   * the channel, and another one is opened after a backoff.
   */
  setup(channel: Channel): Promise<void>;
  /** The channel that `setup` saw is gone, with whatever was unsettled on it. */
  onLost?(): void;
}

export interface ConfirmChannelOptions {
  readonly name: string;
  readonly confirm: true;
  setup(channel: ConfirmChannel): Promise<void>;
  onLost?(): void;
}

export type ChannelOptions = PlainChannelOptions | ConfirmChannelOptions;

export interface ManagedChannel {
  /** True between a completed `setup` and the loss of that channel. */
  isOpen(): boolean;
  /** Gives the present channel up and opens another one, for a caller who has lost trust in it. */
  reopen(): void;
  close(): Promise<void>;
}

export interface AmqpConnection {
  /** Returns at once; the connection is made in the background and made again whenever it is lost. */
  start(): void;
  close(): Promise<void>;
  isConnected(): boolean;
  /** The broker has an alarm and accepts no publishes on this connection. */
  isBlocked(): boolean;
  onBlockedChange(listener: (blocked: boolean) => void): void;
  openChannel(options: ChannelOptions): ManagedChannel;
  /** A channel of its own for work that may fault it, such as declarations. */
  useChannel<T>(work: (channel: Channel) => Promise<T>): Promise<T>;
}
