import { topology } from '@inventory-events/contracts';
import { declareTolerantly, type DeclareContext } from './declare-tolerantly';

/**
 * Deliveries after which the broker gives a message up by itself. A backstop, far above what the
 * consumer allows: a crash counts for every message that was out, and only one is to blame.
 */
const DELIVERY_LIMIT = 100;

/** A queue of inventory updates, the main one or a partition, and where its dead letters go. */
export async function declareUpdatesQueue(context: DeclareContext, queue: string): Promise<void> {
  await declareUpdatesDeadLetters(context);
  await declareTolerantly(context, queue, (channel) =>
    channel.assertQueue(queue, {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        // Order per item: however many consume, one is served, and the next takes over from it.
        'x-single-active-consumer': true,
        'x-delivery-limit': DELIVERY_LIMIT,
        'x-dead-letter-exchange': topology.exchanges.deadLetters,
        'x-dead-letter-routing-key': topology.deadLetterKeys.updates,
        // The broker itself must not lose a message on its way to the dead-letter queue either;
        // that needs the overflow to be said, although the queue has no limit.
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      },
    }),
  );
}

export async function declareUpdatesDeadLetters(context: DeclareContext): Promise<void> {
  const { exchanges, exchangeTypes, queues, deadLetterKeys } = topology;
  await declareTolerantly(context, exchanges.deadLetters, (channel) =>
    channel.assertExchange(exchanges.deadLetters, exchangeTypes.deadLetters, { durable: true }),
  );
  await declareTolerantly(context, queues.updatesDeadLetters, (channel) =>
    channel.assertQueue(queues.updatesDeadLetters, {
      durable: true,
      arguments: { 'x-queue-type': 'quorum' },
    }),
  );
  await context.connection.useChannel((channel) =>
    channel.bindQueue(queues.updatesDeadLetters, exchanges.deadLetters, deadLetterKeys.updates),
  );
}
