import { type Channel, connect, type Options } from 'amqplib';

export interface Broker {
  channel: Channel;
  /** Messages ready in a queue, by the queue's own counter. */
  depth(queue: string): Promise<number>;
  close(): Promise<void>;
}

export async function connectBroker(amqpUrl: string): Promise<Broker> {
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  return {
    channel,
    depth: async (queue) => (await channel.checkQueue(queue)).messageCount,
    close: () => connection.close(),
  };
}

export const QUORUM: Options.AssertQueue = {
  durable: true,
  arguments: { 'x-queue-type': 'quorum' },
};
