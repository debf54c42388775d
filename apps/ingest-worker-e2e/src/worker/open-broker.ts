import { type ConfirmChannel, connect, type GetMessage, type Options } from 'amqplib';
import { waitUntil } from '@inventory-events/testing';

export const QUEUE = 'inventory.updates';
export const DEAD_LETTERS = 'inventory.updates.dlq';
export const ORDER_DEAD_LETTERS = 'inventory.orders.dlq';

export interface Broker {
  channel: ConfirmChannel;
  /** To the queue, or with an exchange to it under `routingKey`. */
  publish(messages: readonly OutgoingUpdate[]): Promise<void>;
  takeDeadLetters(count: number, queue?: string): Promise<GetMessage[]>;
  /** Messages ready in a queue. */
  count(queue: string): Promise<number>;
  close(): Promise<void>;
}

export interface OutgoingUpdate {
  body: Buffer | string | object;
  exchange?: string;
  routingKey?: string;
  properties?: Options.Publish;
}

/** The broker as a producer and an operator see it. */
export async function openBroker(amqpUrl: string): Promise<Broker> {
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  return {
    channel,
    async publish(messages) {
      for (const { body, exchange = '', routingKey = QUEUE, properties } of messages) {
        channel.publish(exchange, routingKey, toContent(body), {
          persistent: true,
          contentType: 'application/json',
          ...properties,
        });
      }
      await channel.waitForConfirms();
    },
    async takeDeadLetters(count, queue = DEAD_LETTERS) {
      const taken: GetMessage[] = [];
      await waitUntil(
        async () => {
          const message = await channel.get(queue, { noAck: true });
          if (message) taken.push(message);
          return taken.length === count;
        },
        { message: () => `${count} dead letters in ${queue}, saw ${taken.length}` },
      );
      return taken;
    },
    count: async (queue) => (await channel.checkQueue(queue)).messageCount,
    close: () => connection.close(),
  };
}

function toContent(body: OutgoingUpdate['body']): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
