import { eventTypes } from '../events/event-schemas';
import { messageHeaders } from './message-headers';
import { bindingKeys, routingKeyOf } from './routing-keys';
import { partitionQueueOf, topology } from './topology';

function matches(bindingKey: string, routingKey: string): boolean {
  const pattern = bindingKey.replaceAll('.', '\\.').replace('*', '[^.]+').replace('#', '.*');
  return new RegExp(`^${pattern}$`).test(routingKey);
}

describe('routing keys', () => {
  it('are one per event type', () => {
    expect(new Set(eventTypes.map(routingKeyOf)).size).toBe(eventTypes.length);
  });

  it('are all reached by the binding for everything, and by one family each', () => {
    const { allEvents, ...families } = bindingKeys;
    for (const key of eventTypes.map(routingKeyOf)) {
      expect(matches(allEvents, key)).toBe(true);
      expect(Object.values(families).filter((family) => matches(family, key))).toHaveLength(1);
    }
  });
});

describe('topology', () => {
  it('keeps the names that other teams have configured', () => {
    expect(topology.exchanges.events).toBe('inventory.events');
    expect(topology.queues.updates).toBe('inventory.updates');
    expect(topology.queues.updatesDeadLetters).toBe('inventory.updates.dlq');
    expect(topology.exchanges.deadLetters).toBe('inventory.dlx');
    expect(partitionQueueOf(3)).toBe('inventory.updates.3');
  });

  it('has a type for every exchange', () => {
    expect(Object.keys(topology.exchangeTypes)).toEqual(Object.keys(topology.exchanges));
  });

  it('uses header names that AMQP clients and proxies leave alone', () => {
    for (const header of Object.values(messageHeaders)) expect(header).toMatch(/^[a-z-]+$/);
  });
});
