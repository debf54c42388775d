import { topology } from '@inventory-events/contracts';
import { declareTolerantly, type DeclareContext } from './declare-tolerantly';

/** The kinds of messages that come in: each has a dead-letter queue of its own. */
export type IncomingKind = keyof typeof topology.deadLetterKeys;

/** Where messages of a kind go that can't be processed. */
export async function declareDeadLetters(
  context: DeclareContext,
  kind: IncomingKind,
): Promise<void> {
  const { exchanges, exchangeTypes, queues, deadLetterKeys } = topology;
  const queue = queues[`${kind}DeadLetters`];
  await declareTolerantly(context, exchanges.deadLetters, (channel) =>
    channel.assertExchange(exchanges.deadLetters, exchangeTypes.deadLetters, { durable: true }),
  );
  await declareTolerantly(context, queue, (channel) =>
    channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } }),
  );
  await context.connection.useChannel((channel) =>
    channel.bindQueue(queue, exchanges.deadLetters, deadLetterKeys[kind]),
  );
}
