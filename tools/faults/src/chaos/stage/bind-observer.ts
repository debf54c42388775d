import { topology } from '@inventory-events/contracts';
import type { World } from '../../world/open-world';
import { useBroker } from './use-broker';

/**
 * Has the observer get every event, also those that come while its binding is missing: they take
 * the way of what no queue is bound for.
 */
export function bindObserver(world: World): Promise<void> {
  const { observer } = world;
  const { exchanges, exchangeTypes } = topology;
  return useBroker(world, async (channel) => {
    const durable = { durable: true };
    const alternateExchange = exchanges.unroutedEvents;
    await channel.assertExchange(alternateExchange, exchangeTypes.unroutedEvents, durable);
    const options = { ...durable, alternateExchange };
    await channel.assertExchange(exchanges.events, exchangeTypes.events, options);
    await channel.bindQueue(observer.queue, alternateExchange, '');
    await channel.bindQueue(observer.queue, exchanges.events, '#');
  });
}
