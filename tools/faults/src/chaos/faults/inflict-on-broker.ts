import { topology } from '@inventory-events/contracts';
import { managementRequest } from '@inventory-events/testing';
import type { World } from '../../world/open-world';
import type { FaultOf } from '../plan/chaos-fault';
import { bindObserver } from '../stage/bind-observer';
import { listConnections } from '../stage/list-connections';
import type { Stage } from '../stage/open-stage';
import { useBroker } from '../stage/use-broker';
import { type Heal, NOTHING_TO_HEAL } from './heal';

type BrokerFault = FaultOf<'connections closed' | 'exchange deleted' | 'queue unbound'>;

export async function inflictOnBroker({ world }: Stage, fault: BrokerFault): Promise<Heal> {
  const { observer } = world;
  switch (fault.kind) {
    case 'connections closed':
      await closeConnections(world, fault.whose);
      return NOTHING_TO_HEAL;
    case 'exchange deleted':
      await useBroker(world, (channel) => channel.deleteExchange(topology.exchanges.events));
      return () => bindObserver(world);
    case 'queue unbound':
      if (fault.queue === 'orders') {
        await bindOrders(world, 'unbindQueue');
        return () => bindOrders(world, 'bindQueue');
      }
      await useBroker(world, (channel) =>
        channel.unbindQueue(observer.queue, topology.exchanges.events, '#'),
      );
      return () => bindObserver(world);
  }
}

function bindOrders(world: World, how: 'bindQueue' | 'unbindQueue'): Promise<void> {
  return useBroker(world, async (channel) => {
    for (const { exchange, key } of topology.orderBindings) {
      await channel[how](topology.queues.orders, exchange, key);
    }
  });
}

/** Those that the broker lists by now: a connection of the last seconds escapes. */
async function closeConnections(
  world: World,
  whose: FaultOf<'connections closed'>['whose'],
): Promise<void> {
  for (const { name, user_provided_name: given } of await listConnections(world)) {
    const isMeant = whose === 'clients' ? given === undefined : given?.startsWith(whose);
    if (isMeant !== true) continue;
    await managementRequest('DELETE', `connections/${encodeURIComponent(name)}`).catch(ignoreGone);
  }
}

function ignoreGone(error: unknown): void {
  if (!String(error).includes(': 404 ')) throw error;
}
