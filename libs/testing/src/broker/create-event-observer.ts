import { type Channel, type ChannelModel, connect, type ConsumeMessage } from 'amqplib';
import { setTimeout as delay } from 'node:timers/promises';
import { uniqueTestName } from '../test-environment';
import { waitUntil } from '../wait-until';

export interface ObservedMessage {
  routingKey: string;
  messageId: string | undefined;
  type: string | undefined;
  correlationId: string | undefined;
  headers: Record<string, unknown>;
  properties: ConsumeMessage['properties'];
  content: Buffer;
  /** The parsed body; undefined when it is no JSON. */
  body: unknown;
  /**
   * The broker delivered it before: the second sight is the observer's doing, not the publisher's.
   */
  redelivered: boolean;
  receivedAt: number;
}

export interface EventObserver {
  queue: string;
  /** In the order of arrival. */
  messages: ObservedMessage[];
  waitForCount(count: number, timeoutMs?: number): Promise<ObservedMessage[]>;
  close(): Promise<void>;
}

interface ObserverOptions {
  amqpUrl: string;
  exchange: string;
  bindingKey?: string;
  /** Declares the exchange; without it, an exchange that is not there yet is waited for. */
  declare?: (channel: Channel) => Promise<unknown>;
}

/**
 * Binds a durable queue to an exchange and records everything that comes, across restarts of the
 * broker: while the observer is away its queue keeps the messages.
 */
export async function createEventObserver(options: ObserverOptions): Promise<EventObserver> {
  const queue = `observer.${uniqueTestName()}`;
  const messages: ObservedMessage[] = [];
  let connection: ChannelModel | null = null;
  let closed = false;

  async function open(): Promise<void> {
    const opened = await connect(options.amqpUrl, { noDelay: true });
    opened.on('error', () => undefined); // followed by 'close'
    opened.once('close', () => void reopen());
    connection = opened;
    try {
      await consume(await opened.createChannel());
    } catch (error) {
      opened.removeAllListeners('close');
      await opened.close().catch(() => undefined);
      throw error;
    }
  }

  async function consume(channel: Channel): Promise<void> {
    channel.on('error', () => undefined); // the failed call rejects as well
    await options.declare?.(channel);
    await channel.assertQueue(queue, { durable: true });
    await channel.bindQueue(queue, options.exchange, options.bindingKey ?? '#');
    await channel.consume(queue, (message) => {
      if (!message) return;
      messages.push(toObserved(message));
      channel.ack(message);
    });
  }

  async function reopen(): Promise<void> {
    while (!closed) {
      try {
        return await open();
      } catch {
        await delay(100); // the broker is away: that is what such tests are about
      }
    }
  }

  await waitUntil(() => open().then(() => true), { message: `exchange ${options.exchange}` });
  return {
    queue,
    messages,
    async waitForCount(count, timeoutMs = 20_000) {
      const message = () => `${count} messages, saw ${messages.length}`;
      await waitUntil(() => messages.length >= count, { timeoutMs, message });
      return messages;
    },
    async close() {
      closed = true;
      await connection?.close().catch(() => undefined);
    },
  };
}

function toObserved(message: ConsumeMessage): ObservedMessage {
  const { fields, properties, content } = message;
  return {
    routingKey: fields.routingKey,
    messageId: properties.messageId,
    type: properties.type,
    correlationId: properties.correlationId,
    headers: properties.headers ?? {},
    properties,
    content,
    body: parseJson(content),
    redelivered: fields.redelivered,
    receivedAt: Date.now(),
  };
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
