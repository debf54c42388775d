import { limits, topology } from '@inventory-events/contracts';
import { declareTolerantly, type DeclareContext } from './declare-tolerantly';

/**
 * The exchange of published events. What no queue is bound for is kept in a bounded queue, whose
 * oldest events go first: they can be seen there, and the audit log has them all.
 */
export async function declareEventsTopology(context: DeclareContext): Promise<void> {
  const { exchanges, exchangeTypes, queues } = topology;
  await declareTolerantly(context, exchanges.unroutedEvents, (channel) =>
    channel.assertExchange(exchanges.unroutedEvents, exchangeTypes.unroutedEvents, {
      durable: true,
    }),
  );
  await declareTolerantly(context, queues.unroutedEvents, (channel) =>
    channel.assertQueue(queues.unroutedEvents, {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-max-length': limits.maxUnroutedEvents,
        'x-overflow': 'drop-head',
      },
    }),
  );
  await context.connection.useChannel((channel) =>
    channel.bindQueue(queues.unroutedEvents, exchanges.unroutedEvents, ''),
  );
  await declareTolerantly(context, exchanges.events, (channel) =>
    channel.assertExchange(exchanges.events, exchangeTypes.events, {
      durable: true,
      alternateExchange: exchanges.unroutedEvents,
    }),
  );
}
