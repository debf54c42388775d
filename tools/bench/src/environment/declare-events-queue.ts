import { topology } from '@inventory-events/contracts';
import { type Broker, QUORUM } from './broker';

const QUEUE = 'bench.events';

/** A quorum queue that gets every published event. */
export async function declareEventsQueue({ channel }: Broker): Promise<string> {
  const { events, unroutedEvents } = topology.exchanges;
  await channel.assertExchange(events, topology.exchangeTypes.events, {
    durable: true,
    alternateExchange: unroutedEvents,
  });
  await channel.assertQueue(QUEUE, QUORUM);
  await channel.bindQueue(QUEUE, events, '#');
  return QUEUE;
}
