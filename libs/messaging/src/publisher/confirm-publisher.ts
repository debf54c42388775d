import type { Options } from 'amqplib';

/**
 * What became of a message.
 * - confirmed: every queue it was routed to has it.
 * - returned: no queue wanted it. The broker confirms such a message all the same.
 * - nacked: a queue would not take it, for example one that is full and rejects.
 * - refused: it can't be sent at all; the broker or the encoder won't have it as it is.
 * - unknown: the channel was lost first. It may be in a queue or not: publish it again.
 */
export type PublishOutcome = 'confirmed' | 'returned' | 'nacked' | 'refused' | 'unknown';

/** What every message needs here; a return is recognised by its messageId. */
export interface OutgoingProperties extends Options.Publish {
  readonly messageId: string;
  readonly mandatory: true;
  readonly persistent: true;
}

export interface OutgoingMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly properties: OutgoingProperties;
}

export interface ConfirmPublisher {
  start(): void;
  /**
   * False while there is no channel, the broker has an alarm, the socket's buffer is full or enough
   * is in flight: publish nothing then, and read nothing more that would have to be kept in memory.
   */
  isWritable(): boolean;
  /** There is a channel, and the broker accepts publishes. */
  isReady(): boolean;
  /** `onOutcome` is called once, possibly before this returns. */
  publish(
    message: OutgoingMessage,
    onOutcome: (outcome: PublishOutcome, detail: string | undefined) => void,
  ): void;
  inFlight(): number;
  close(): Promise<void>;
}
