import { topology } from '@inventory-events/contracts';
import {
  type AmqpConnection,
  type ConnectOptions,
  declareIncomingQueue,
  declareUpdatesPartition,
  declareUpdatesPartitions,
} from '@inventory-events/messaging';
import type { Logger } from '@inventory-events/service-runtime';

export interface UpdatesTopologyOptions {
  readonly connection: AmqpConnection;
  readonly connect: ConnectOptions;
  readonly partitions: number;
  readonly logger: Logger;
}

export interface UpdatesTopology {
  /** Declares every queue of the updates and names them: the main one, then the partitions. */
  declareAll(): Promise<readonly string[]>;
  /** Declares one of them again, after it was deleted. */
  declareQueue(queue: string): Promise<void>;
  backlogOf(queues: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export function createUpdatesTopology(options: UpdatesTopologyOptions): UpdatesTopology {
  const main = topology.queues.updates;
  let fed: ReadonlySet<string> = new Set();

  return {
    async declareAll() {
      await declareIncomingQueue(options, 'updates', main);
      const partitions = await declareUpdatesPartitions(options, options.partitions);
      fed = new Set(partitions.slice(0, options.partitions));
      return [main, ...partitions];
    },
    async declareQueue(queue) {
      if (fed.has(queue)) await declareUpdatesPartition(options, queue);
      else await declareIncomingQueue(options, 'updates', queue);
    },
    async backlogOf(queues) {
      const counts = new Map<string, number>();
      if (queues.length === 0 || !options.connection.isConnected()) return counts;
      await options.connection.useChannel(async (channel) => {
        for (const queue of queues) {
          counts.set(queue, (await channel.checkQueue(queue)).messageCount);
        }
      });
      return counts;
    },
  };
}
