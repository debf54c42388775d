import { topology } from '@inventory-events/contracts';
import { declareDeadLetters, type IncomingKind } from './declare-dead-letters';
import { declareTolerantly, type DeclareContext } from './declare-tolerantly';

/**
 * Deliveries after which the broker gives a message up by itself. A backstop, far above what the
 * consumer allows: a crash counts for every message that was out, and only one is to blame.
 */
const DELIVERY_LIMIT = 100;

/** A queue that is consumed in order, and where its dead letters go. */
export async function declareIncomingQueue(
  context: DeclareContext,
  kind: IncomingKind,
  queue: string,
): Promise<void> {
  await declareDeadLetters(context, kind);
  await declareTolerantly(context, queue, (channel) =>
    channel.assertQueue(queue, {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        // Order survives: however many consume, one is served, and the next takes over from it.
        'x-single-active-consumer': true,
        'x-delivery-limit': DELIVERY_LIMIT,
        'x-dead-letter-exchange': topology.exchanges.deadLetters,
        'x-dead-letter-routing-key': topology.deadLetterKeys[kind],
        // The broker itself must not lose a message on its way to the dead-letter queue either;
        // that needs the overflow to be said, although the queue has no limit.
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      },
    }),
  );
}
