import { topology } from '@inventory-events/contracts';
import { createTestVhost, type TestVhost, waitUntil } from '@inventory-events/testing';
import { type ConfirmChannel, type ChannelModel, connect } from 'amqplib';
import { pino } from 'pino';
import type { AmqpConnection } from '../connection/amqp-connection';
import { createAmqpConnection } from '../connection/create-amqp-connection';
import { declareEventsTopology } from './declare-events-topology';
import { declareIncomingQueue } from './declare-incoming-queue';
import { declareOrdersQueue } from './declare-orders-queue';
import { declareUpdatesPartitions } from './declare-updates-partitions';

describe('topology', () => {
  let vhost: TestVhost;
  let admin: ChannelModel;
  let channel: ConfirmChannel;
  let connection: AmqpConnection;
  const warnings: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });

  beforeAll(async () => {
    vhost = await createTestVhost();
    admin = await connect(vhost.url);
    channel = await admin.createConfirmChannel();
    connection = createAmqpConnection({ url: vhost.url, name: 'test', logger });
    connection.start();
    await waitUntil(() => connection.isConnected());
  });
  beforeEach(() => void warnings.splice(0));
  afterAll(async () => {
    await connection.close();
    await admin.close();
    await vhost.remove();
  });

  const context = () => ({ connection, logger });
  const partitionsContext = () => ({ ...context(), connect: { url: vhost.url, name: 'probe' } });
  const count = async (queue: string) => (await channel.checkQueue(queue)).messageCount;

  it('keeps events that nobody wants, however often it is declared', async () => {
    await declareEventsTopology(context());
    await declareEventsTopology(context());
    channel.publish('inventory.events', 'inventory.stock.changed', Buffer.from('{}'));
    await channel.waitForConfirms();
    await waitUntil(async () => (await count('inventory.events.unrouted')) === 1);
    expect(warnings).toEqual([]);
  });

  it('spreads updates over the partitions, one product always to the same', async () => {
    const queues = await declareUpdatesPartitions(partitionsContext(), 3);
    expect(queues).toEqual([0, 1, 2].map((partition) => `inventory.updates.${partition}`));
    for (let product = 0; product < 300; product += 1) {
      channel.publish('inventory.updates', `product ${product % 100}`, Buffer.from('{}'));
    }
    await channel.waitForConfirms();
    const counts = await Promise.all(queues.map(count));
    expect(counts.reduce((sum, each) => sum + each)).toBe(300);
    for (const each of counts) {
      expect(each).toBeGreaterThan(0);
      expect(each % 3).toBe(0);
    }
  });

  it('feeds the queues of a lowered count no more, and does not forget them', async () => {
    const queues = await declareUpdatesPartitions(partitionsContext(), 1);
    expect(queues).toHaveLength(3);
    const before = await count('inventory.updates.2');
    for (let product = 0; product < 100; product += 1) {
      channel.publish('inventory.updates', `product ${product}`, Buffer.from('{}'));
    }
    await channel.waitForConfirms();
    expect(await count('inventory.updates.2')).toBe(before);
  });

  it('goes without partitions where the broker lacks the plugin', async () => {
    const types = topology.exchangeTypes as { updates: string };
    const { updates } = types;
    types.updates = 'x-not-there';
    try {
      expect(await declareUpdatesPartitions(partitionsContext(), 4)).toEqual([]);
    } finally {
      types.updates = updates;
    }
    expect(warnings.join()).toContain('partitions are off');
    expect(connection.isConnected()).toBe(true);
  });

  it('brings orders, payments and products to one queue, however often it is declared', async () => {
    await declareOrdersQueue(context());
    await declareOrdersQueue(context());
    const sent = [
      ['order.events', 'order.created'],
      ['order.events', 'payment.card.failed'],
      ['product.events', 'product.created'],
      ['order.events', 'invoice.sent'],
      ['inventory.dlx', 'inventory.orders'],
    ] as const;
    for (const [exchange, key] of sent) channel.publish(exchange, key, Buffer.from('{}'));
    await channel.waitForConfirms();
    await waitUntil(async () => (await count('inventory.orders')) === 3);
    await waitUntil(async () => (await count('inventory.orders.dlq')) === 1);
    expect(warnings).toEqual([]);
  });

  it('uses a queue that has other arguments, and names the difference', async () => {
    await channel.assertQueue('mine', { durable: true, arguments: { 'x-queue-type': 'classic' } });
    await declareIncomingQueue(context(), 'updates', 'mine');
    expect(warnings).toHaveLength(1);
    expect(JSON.parse(warnings[0] ?? '')).toMatchObject({
      name: 'mine',
      difference: { argument: expect.any(String), found: expect.any(String) },
    });
  });
});
