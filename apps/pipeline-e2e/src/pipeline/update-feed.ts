import { partitionQueueOf, topology } from '@inventory-events/contracts';
import { waitUntil } from '@inventory-events/testing';
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { setTimeout as delay } from 'node:timers/promises';
import type { UpdateMessage } from '../wire/encode-change';

interface FeedOptions {
  amqpUrl: string;
  /** 0: to the plain queue; otherwise to the exchange over the partitions. */
  partitions?: number;
  /** As fast as it goes where absent. */
  perSecond?: number;
}

const RETRY_MS = 100;
const TICK_MS = 10;

/**
 * Publishes updates in order and returns when the broker has confirmed every one. Through outages
 * of the broker it goes on with the first unconfirmed message, so some are sent twice.
 */
export async function feedUpdates(
  messages: readonly UpdateMessage[],
  options: FeedOptions,
): Promise<void> {
  let confirmed = 0;
  while (confirmed < messages.length) {
    try {
      await publishFrom(messages, confirmed, options, (count) => (confirmed = count));
    } catch {
      await delay(RETRY_MS); // the broker is away: the caller's time limit ends this
    }
  }
}

async function publishFrom(
  messages: readonly UpdateMessage[],
  first: number,
  options: FeedOptions,
  onConfirmed: (count: number) => void,
): Promise<void> {
  const connection = await connect(options.amqpUrl, { noDelay: true });
  const lost = new Promise<never>((_, reject) => {
    connection.once('error', reject);
    connection.once('close', () => reject(new Error('the broker closed the connection')));
  });
  lost.catch(() => undefined); // it also ends the race below
  try {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined); // closes the channel, which fails the confirms
    await Promise.race([publishPaced(channel, messages, first, options, onConfirmed), lost]);
  } finally {
    await closeQuietly(connection);
  }
}

async function publishPaced(
  channel: ConfirmChannel,
  messages: readonly UpdateMessage[],
  first: number,
  { partitions = 0, perSecond = Infinity }: FeedOptions,
  onConfirmed: (count: number) => void,
): Promise<void> {
  const confirmedOnes = new Set<number>();
  let confirmed = first;
  let failure: unknown;
  channel.on('return', () => (failure ??= new Error('no queue took the update')));
  const startedAt = performance.now();
  for (let next = first; next < messages.length; next += 1) {
    while (next - first > ((performance.now() - startedAt) / 1000) * perSecond) {
      await delay(TICK_MS);
    }
    const index = next;
    publish(channel, messages[next], partitions, (error) => {
      failure ??= error ?? undefined;
      confirmedOnes.add(index);
      // Only what follows on without a gap counts, so that a resend keeps the order.
      while (confirmedOnes.delete(confirmed)) confirmed += 1;
      if (failure === undefined) onConfirmed(confirmed);
    });
    if (next % 500 === 499) await channel.waitForConfirms();
  }
  await channel.waitForConfirms();
  if (failure !== undefined) throw failure;
}

function publish(
  channel: ConfirmChannel,
  message: UpdateMessage | undefined,
  partitions: number,
  onConfirm: (error: unknown) => void,
): void {
  if (!message) return;
  const [exchange, key] =
    partitions > 0
      ? [topology.exchanges.updates, message.routingKey]
      : ['', topology.queues.updates];
  const properties = {
    mandatory: true,
    persistent: true,
    contentType: 'application/json',
    messageId: message.eventId,
  };
  channel.publish(exchange, key, message.body, properties, onConfirm);
}

async function closeQuietly(connection: ChannelModel): Promise<void> {
  connection.on('error', () => undefined);
  await connection.close().catch(() => undefined); // it may be closed already
}

/** Waits for the queues that the worker declares, without which an update would be returned. */
export async function waitForUpdateQueues(amqpUrl: string, partitions = 0): Promise<void> {
  const last = partitions > 0 ? partitionQueueOf(partitions - 1) : topology.queues.updates;
  await waitUntil(async () => (await queueDepth(amqpUrl, last)) >= 0, {
    message: `queue ${last}`,
    timeoutMs: 20_000,
    intervalMs: 100,
  });
}

export async function queueDepth(amqpUrl: string, queue: string): Promise<number> {
  const connection = await connect(amqpUrl);
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    channel.on('error', () => undefined); // the failed call rejects as well
    return (await channel.checkQueue(queue)).messageCount;
  } finally {
    await connection.close();
  }
}
