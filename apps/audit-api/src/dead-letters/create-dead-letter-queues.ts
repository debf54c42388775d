import { AppError } from '@inventory-events/errors';
import type { AmqpConnection, Message } from '@inventory-events/messaging';
import type { Logger, Service } from '@inventory-events/service-runtime';
import { Counter, type Registry } from 'prom-client';
import { toDeadLetter, type DeadLetter } from './dead-letter';
import { createMutex } from './create-mutex';
import { publishConfirmed, type ConfirmChannel } from './publish-confirmed';
import { redriveTarget, type DeadLetterQueueName } from './redrive-target';

export interface DeadLetterPage {
  /** Messages in the queue, those included that another inspection holds at the moment. */
  readonly total: number;
  readonly items: readonly DeadLetter[];
}

export interface RedriveOptions {
  readonly limit: number;
  /** Only those with this reason. */
  readonly errorCode?: string | undefined;
}

export interface RedriveResult {
  readonly redriven: number;
  /** Looked at and left where they are. */
  readonly skipped: number;
  /** Could not be routed back, for want of their queue. */
  readonly unroutable: number;
}

export interface DeadLetterQueues extends Service {
  /** Looks without consuming: everything is given back. */
  inspect(queue: DeadLetterQueueName, limit: number): Promise<DeadLetterPage>;
  /**
   * Publishes with confirm to where each message came from, then acks. A crash between the two
   * leaves a copy, which the inbox recognises by its id.
   */
  redrive(queue: DeadLetterQueueName, options: RedriveOptions): Promise<RedriveResult>;
}

export interface DeadLetterQueuesOptions {
  readonly connection: AmqpConnection;
  readonly logger: Logger;
  readonly registry: Registry;
}

export function createDeadLetterQueues(options: DeadLetterQueuesOptions): DeadLetterQueues {
  const logger = options.logger.child({ component: 'dead-letters' });
  const mutex = createMutex();
  const redriven = new Counter({
    name: 'audit_dead_letters_redriven_total',
    help: 'Dead letters that were put back.',
    labelNames: ['queue'],
    registers: [options.registry],
  });
  let channel: ConfirmChannel | undefined;
  let managed: ReturnType<AmqpConnection['openChannel']> | undefined;

  function start(): Promise<void> {
    managed ??= options.connection.openChannel({
      name: 'dead letters',
      confirm: true,
      setup(opened) {
        channel = opened;
        return Promise.resolve();
      },
      onLost() {
        // What was got and not settled goes back to its queue by itself.
        channel = undefined;
      },
    });
    return Promise.resolve();
  }

  function openChannel(): ConfirmChannel {
    if (channel !== undefined) return channel;
    throw new AppError('DEPENDENCY_UNAVAILABLE', 'The broker is not available.');
  }

  /** One at a time: two of them would hide messages from each other. */
  async function withQueue<Result>(
    queue: DeadLetterQueueName,
    work: (channel: ConfirmChannel, total: number) => Promise<Result>,
  ): Promise<Result> {
    return mutex.run(async () => {
      const total = await countMessages(options.connection, queue);
      const opened = openChannel();
      try {
        return await work(opened, total);
      } catch (error) {
        // Gives back what this channel still holds.
        managed?.reopen();
        throw error;
      }
    });
  }

  async function redriveOne(
    opened: ConfirmChannel,
    queue: DeadLetterQueueName,
    message: Message,
  ): Promise<'redriven' | 'unroutable'> {
    const target = redriveTarget(queue, message);
    if (!(await publishConfirmed(opened, target, message))) return 'unroutable';
    opened.ack(message);
    redriven.inc({ queue });
    return 'redriven';
  }

  return {
    name: 'dead-letters',
    start,
    inspect: (queue, limit) =>
      withQueue(queue, async (opened, total) => {
        const messages = await getUpTo(opened, queue, Math.min(limit, total));
        giveBack(opened, messages);
        return { total, items: messages.map((message) => toDeadLetter(queue, message)) };
      }),
    redrive: (queue, { limit, errorCode }) =>
      withQueue(queue, async (opened, total) => {
        const kept: Message[] = [];
        const counts = { redriven: 0, skipped: 0, unroutable: 0 };
        // The total bounds it: what is dead-lettered again meanwhile is not taken a second time.
        for (let seen = 0; seen < total && counts.redriven < limit; seen += 1) {
          const message = await opened.get(queue, { noAck: false });
          if (message === false) break;
          const isWanted =
            errorCode === undefined || toDeadLetter(queue, message).errorCode === errorCode;
          const outcome = isWanted ? await redriveOne(opened, queue, message) : 'skipped';
          counts[outcome] += 1;
          if (outcome !== 'redriven') kept.push(message);
        }
        giveBack(opened, kept);
        logger.info({ queue, ...counts }, 'dead letters redriven');
        return counts;
      }),
    async close() {
      await managed?.close();
    },
  };
}

async function countMessages(connection: AmqpConnection, queue: string): Promise<number> {
  return connection.useChannel(async (channel) => {
    try {
      return (await channel.checkQueue(queue)).messageCount;
    } catch (error) {
      // A queue that nobody has declared yet has no messages; the fault cost only this channel.
      if (error instanceof Error && 'code' in error && error.code === 404) return 0;
      throw error;
    }
  });
}

async function getUpTo(channel: ConfirmChannel, queue: string, limit: number): Promise<Message[]> {
  const messages: Message[] = [];
  while (messages.length < limit) {
    const message = await channel.get(queue, { noAck: false });
    if (message === false) break;
    messages.push(message);
  }
  return messages;
}

/** In their order: a quorum queue delivers what came back first, in the order it came back. */
function giveBack(channel: ConfirmChannel, messages: readonly Message[]): void {
  for (const message of messages) channel.nack(message, false, true);
}
