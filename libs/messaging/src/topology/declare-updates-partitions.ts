import { partitionQueueOf, topology } from '@inventory-events/contracts';
import { coerceError } from '@inventory-events/errors';
import { connectOnce, type ConnectOptions } from '../connection/connect-once';
import { declareIncomingQueue } from './declare-incoming-queue';
import type { DeclareContext } from './declare-tolerantly';

const EQUAL_WEIGHT = '1';

export interface PartitionsContext extends DeclareContext {
  readonly connect: ConnectOptions;
}

/**
 * The consistent-hash exchange over `count` queues; resolves to the queues to consume. None where
 * the broker lacks the plugin. After the count was lowered, the queues above it get nothing new
 * and are still listed, so that what is in them is not forgotten.
 */
export async function declareUpdatesPartitions(
  context: PartitionsContext,
  count: number,
): Promise<readonly string[]> {
  if (count === 0) return [];
  if (!(await declareHashExchange(context))) {
    context.logger.warn(
      { exchange: topology.exchanges.updates, type: topology.exchangeTypes.updates },
      'the broker has no such exchange type (plugin not enabled): partitions are off',
    );
    return [];
  }
  const queues = Array.from({ length: count }, (_, partition) => partitionQueueOf(partition));
  for (const queue of queues) await declareUpdatesPartition(context, queue);
  return [...queues, ...(await unbindQueuesAbove(context, count))];
}

/** One queue behind the consistent-hash exchange, which must be there. */
export async function declareUpdatesPartition(
  context: DeclareContext,
  queue: string,
): Promise<void> {
  await declareIncomingQueue(context, 'updates', queue);
  await context.connection.useChannel((channel) =>
    channel.bindQueue(queue, topology.exchanges.updates, EQUAL_WEIGHT),
  );
}

/** On a connection of its own, because the broker closes it when it doesn't know the type. */
async function declareHashExchange(context: PartitionsContext): Promise<boolean> {
  const model = await connectOnce(context.connect);
  let fault: Error | undefined;
  let isOpen = true;
  model.on('error', (error: Error) => {
    fault = error;
  });
  model.on('close', () => {
    isOpen = false;
  });
  try {
    const channel = await model.createChannel();
    channel.on('error', () => undefined);
    await channel.assertExchange(topology.exchanges.updates, topology.exchangeTypes.updates, {
      durable: true,
    });
    return true;
  } catch (thrown) {
    const reason = fault ?? coerceError(thrown);
    if (/unknown exchange type|invalid exchange type/.test(reason.message)) return false;
    throw reason;
  } finally {
    if (isOpen) await model.close();
  }
}

async function unbindQueuesAbove(context: PartitionsContext, count: number): Promise<string[]> {
  const leftOver: string[] = [];
  for (let partition = count; ; partition += 1) {
    const queue = partitionQueueOf(partition);
    if (!(await exists(context, queue))) return leftOver;
    await context.connection.useChannel((channel) =>
      channel.unbindQueue(queue, topology.exchanges.updates, EQUAL_WEIGHT),
    );
    context.logger.warn({ queue }, 'a partition of an earlier, larger count: emptied, not fed');
    leftOver.push(queue);
  }
}

async function exists(context: PartitionsContext, queue: string): Promise<boolean> {
  try {
    await context.connection.useChannel((channel) => channel.checkQueue(queue));
    return true;
  } catch (thrown) {
    const error = coerceError(thrown);
    if ((error as { code?: unknown }).code === 404) return false;
    throw error;
  }
}
