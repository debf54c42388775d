import { type Channel, type ChannelModel, connect, type ConsumeMessage } from 'amqplib';

/** A connection of the harness's own for questions and topology, made again when it was lost. */
export interface BrokerProbe {
  /** Messages ready in each queue; those that don't exist are left out. */
  depths(queues: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Takes everything out of a queue. */
  takeAll(queue: string): Promise<readonly ConsumeMessage[]>;
  /** On a channel that may fault. */
  use<T>(work: (channel: Channel) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const NOTHING_ELSE = () => undefined;

export function createBrokerProbe(amqpUrl: string): BrokerProbe {
  let connection: Promise<ChannelModel> | undefined;

  function connected(): Promise<ChannelModel> {
    connection ??= connect(amqpUrl, { noDelay: true }).then((model) => {
      model.on('error', NOTHING_ELSE); // followed by 'close'
      model.once('close', () => (connection = undefined));
      return model;
    });
    connection.catch(() => (connection = undefined));
    return connection;
  }

  async function use<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
    const channel = await (await connected()).createChannel();
    let isOpen = true;
    channel.on('error', NOTHING_ELSE); // the call that caused it rejects
    channel.once('close', () => (isOpen = false));
    try {
      return await work(channel);
    } finally {
      if (isOpen) await channel.close().catch(NOTHING_ELSE); // closed by its fault meanwhile
    }
  }

  return {
    use,
    async depths(queues) {
      const depths = new Map<string, number>();
      for (const queue of queues) {
        const depth = await use((channel) => channel.checkQueue(queue)).catch(ignoreMissing);
        if (depth !== undefined) depths.set(queue, depth.messageCount);
      }
      return depths;
    },
    async takeAll(queue) {
      const taken = use((channel) => takeAllFrom(channel, queue));
      return (await taken.catch(ignoreMissing)) ?? [];
    },
    async close() {
      const open = await connection?.catch(NOTHING_ELSE);
      await open?.close().catch(NOTHING_ELSE); // it may be closed already
    },
  };
}

/** A queue with a single active consumer can't be read message by message. */
async function takeAllFrom(channel: Channel, queue: string): Promise<ConsumeMessage[]> {
  const { messageCount } = await channel.checkQueue(queue);
  const taken: ConsumeMessage[] = [];
  if (messageCount === 0) return taken;
  await new Promise<void>((resolve, reject) => {
    const receive = (message: ConsumeMessage | null): void => {
      if (message === null) return resolve();
      taken.push(message);
      if (taken.length === messageCount) resolve();
    };
    channel.consume(queue, receive, { noAck: true }).catch(reject);
  });
  return taken;
}

function ignoreMissing(error: unknown): undefined {
  if ((error as { code?: unknown }).code === 404) return undefined;
  throw error;
}
