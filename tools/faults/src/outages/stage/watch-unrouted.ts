import { topology } from '@inventory-events/contracts';
import type { World } from '../../world/open-world';

const { events, unroutedEvents } = topology.exchanges;

/** The observer as a consumer that loses its binding, and reads what went astray meanwhile. */
export interface UnroutedWatch {
  /** In the queue for what no other was bound for. */
  count(): Promise<number>;
  bind(): Promise<void>;
  unbind(): Promise<void>;
}

export async function watchUnrouted({ broker, observer }: World): Promise<UnroutedWatch> {
  // One queue for both ways, so that what arrives keeps the order of publication.
  await broker.use(async (channel) => {
    await channel.assertExchange(unroutedEvents, topology.exchangeTypes.unroutedEvents);
    await channel.bindQueue(observer.queue, unroutedEvents, '');
  });
  return {
    async count() {
      const queue = topology.queues.unroutedEvents;
      return (await broker.depths([queue])).get(queue) ?? 0;
    },
    bind: () =>
      broker.use(async (channel) => void (await channel.bindQueue(observer.queue, events, '#'))),
    unbind: () =>
      broker.use(async (channel) => void (await channel.unbindQueue(observer.queue, events, '#'))),
  };
}
