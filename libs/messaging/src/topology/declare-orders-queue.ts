import { topology } from '@inventory-events/contracts';
import { declareIncomingQueue } from './declare-incoming-queue';
import { declareTolerantly, type DeclareContext } from './declare-tolerantly';

/**
 * The queue of order, payment and product events, with the exchanges of the services that publish
 * them: whoever starts first declares those, so that no event is lost before the other does.
 */
export async function declareOrdersQueue(context: DeclareContext): Promise<void> {
  const { exchanges, exchangeTypes, queues, orderBindings } = topology;
  for (const exchange of ['orderEvents', 'productEvents'] as const) {
    await declareTolerantly(context, exchanges[exchange], (channel) =>
      channel.assertExchange(exchanges[exchange], exchangeTypes[exchange], { durable: true }),
    );
  }
  await declareIncomingQueue(context, 'orders', queues.orders);
  for (const { exchange, key } of orderBindings) {
    await context.connection.useChannel((channel) =>
      channel.bindQueue(queues.orders, exchange, key),
    );
  }
}
