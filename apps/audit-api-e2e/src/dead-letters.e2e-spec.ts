import { randomUUID } from 'node:crypto';
import { topology } from '@inventory-events/contracts';
import { waitUntil } from '@inventory-events/testing';
import { connect, type ChannelModel, type ConfirmChannel, type GetMessage } from 'amqplib';
import { startAuditWorld, type AuditWorld } from './world/start-audit-world';

const { queues, exchanges } = topology;
const DEAD = queues.updatesDeadLetters;
const QUORUM = { durable: true, arguments: { 'x-queue-type': 'quorum' } };

interface Inspection {
  readonly total: number;
  readonly items: readonly { readonly messageId: string; readonly errorCode: string }[];
}

describe('dead letters', () => {
  let world: AuditWorld;
  let connection: ChannelModel;
  let channel: ConfirmChannel;

  beforeAll(async () => {
    world = await startAuditWorld();
    connection = await connect(world.amqpUrl);
    channel = await connection.createConfirmChannel();
  });
  beforeEach(async () => {
    for (const queue of [DEAD, queues.updates, 'inventory.updates.2', 'secrets']) {
      await channel.assertQueue(queue, QUORUM);
      await channel.purgeQueue(queue);
    }
  });
  afterAll(async () => {
    await connection.close();
    await world.close();
  });

  async function bury(
    headers: Record<string, unknown>,
    body = '{"a":1}',
    queue: string = DEAD,
  ): Promise<string> {
    const messageId = randomUUID();
    channel.sendToQueue(queue, Buffer.from(body), {
      messageId,
      type: 'x',
      contentType: 'application/json',
      correlationId: 'c-1',
      headers,
    });
    await channel.waitForConfirms();
    return messageId;
  }
  const inspect = async (query = '') => {
    const answer = await world.call(`/api/v1/dead-letters${query}`);
    expect(answer.status).toBe(200);
    return answer.json as Inspection;
  };
  const redrive = async (body: object = {}) => {
    const path = '/api/v1/dead-letters/redrive';
    const answer = await world.call(path, { method: 'POST', role: 'admin', body });
    expect(answer.status).toBe(200);
    return answer.json;
  };
  async function take(queue: string): Promise<GetMessage[]> {
    const messages: GetMessage[] = [];
    for (;;) {
      const message = await channel.get(queue, { noAck: true });
      if (message === false) return messages;
      messages.push(message);
    }
  }
  const count = async (queue: string) => (await channel.checkQueue(queue)).messageCount;
  const from = (exchange: string, routingKey: string) => ({
    'x-original-exchange': exchange,
    'x-original-routing-key': routingKey,
  });

  it('are shown with their reason, again and again, and stay', async () => {
    const ids = [
      await bury({ 'x-error-code': 'MALFORMED_JSON', 'x-error-message': 'not JSON' }, '{'),
      await bury({ 'x-death': [{ reason: 'delivery_limit', queue: 'inventory.updates' }] }),
      await bury({}, 'x'.repeat(20_000)),
    ];
    for (let round = 0; round < 3; round += 1) {
      await waitUntil(async () => (await count(DEAD)) === 3);
      const { total, items } = await inspect();
      expect(total).toBe(3);
      expect(items.map((item) => item.messageId)).toEqual(ids);
      expect(items).toMatchObject([
        { errorCode: 'MALFORMED_JSON', errorMessage: 'not JSON', body: '{', sizeBytes: 1 },
        { errorCode: 'ATTEMPTS_EXHAUSTED' },
        { errorCode: 'UNKNOWN', bodyIsCut: true, sizeBytes: 20_000 },
      ]);
    }
    await waitUntil(async () => (await count(DEAD)) === 3);
    expect((await inspect('?limit=2')).items).toHaveLength(2);
    await waitUntil(async () => (await count(DEAD)) === 3);
  });

  it('go back the way they came, as their sender wrote them', async () => {
    const marks = {
      'x-error-code': 'INVALID_MESSAGE',
      'x-death': [{ reason: 'rejected' }],
      CC: ['secrets'],
    };
    await bury({ ...marks, ...from('', queues.updates), traceparent: 'kept' }, '{"first":1}');
    await bury({ ...marks, ...from('', 'inventory.updates.2') }, '{"second":2}');
    // What CC did when the fixtures were published.
    await channel.purgeQueue('secrets');
    expect(await redrive()).toEqual({ redriven: 2, skipped: 0, unroutable: 0 });
    const [first, ...others] = await take(queues.updates);
    expect(others).toEqual([]);
    expect(first?.content.toString()).toBe('{"first":1}');
    expect(first?.properties).toMatchObject({
      type: 'x',
      contentType: 'application/json',
      correlationId: 'c-1',
      headers: { traceparent: 'kept', 'x-redrive-count': 1 },
    });
    const ownHeaders = Object.keys(first?.properties.headers ?? {});
    expect(ownHeaders.filter((name) => name !== 'x-delivery-count').sort()).toEqual([
      'traceparent',
      'x-redrive-count',
    ]);
    expect(await take('inventory.updates.2')).toHaveLength(1);
    expect(await take('secrets')).toEqual([]);
    expect(await count(DEAD)).toBe(0);
  });

  it('go back through the exchange that leads to their partition', async () => {
    await channel.assertExchange(exchanges.updates, 'x-consistent-hash', { durable: true });
    await channel.bindQueue('inventory.updates.2', exchanges.updates, '1');
    await bury(from(exchanges.updates, randomUUID()));
    expect(await redrive()).toMatchObject({ redriven: 1 });
    expect(await take('inventory.updates.2')).toHaveLength(1);
    await channel.deleteExchange(exchanges.updates);
  });

  it('forged headers lead nowhere else', async () => {
    await bury(from('', 'secrets'));
    await bury(from('amq.direct', 'secrets'));
    await bury(from('', 'inventory.updates.dlq'));
    await bury({ 'x-death': [{ exchange: '', 'routing-keys': ['secrets'] }] });
    await bury({ 'x-death': 'nonsense', 'x-original-exchange': 7 });
    expect(await redrive()).toMatchObject({ redriven: 5 });
    expect(await take('secrets')).toEqual([]);
    expect(await take(queues.updates)).toHaveLength(5);
  });

  it('stay when there is nowhere to go', async () => {
    await bury(from('', 'inventory.updates.3'));
    expect(await redrive()).toEqual({ redriven: 0, skipped: 0, unroutable: 1 });
    await waitUntil(async () => (await count(DEAD)) === 1);
  });

  it('go back by reason and number', async () => {
    await bury({ 'x-error-code': 'MALFORMED_JSON' });
    await bury({ 'x-error-code': 'INVALID_MESSAGE' });
    await bury({ 'x-error-code': 'INVALID_MESSAGE' });
    expect(await redrive({ errorCode: 'INVALID_MESSAGE', limit: 1 })).toMatchObject({
      redriven: 1,
    });
    await waitUntil(async () => (await count(DEAD)) === 2);
    expect(await redrive({ errorCode: 'INVALID_MESSAGE' })).toMatchObject({ redriven: 1 });
    await waitUntil(async () => (await count(DEAD)) === 1);
    expect((await inspect()).items).toMatchObject([{ errorCode: 'MALFORMED_JSON' }]);
  });

  it('are taken once by simultaneous requests', async () => {
    for (let index = 0; index < 30; index += 1) await bury({ 'x-error-code': 'INVALID_MESSAGE' });
    await Promise.all([redrive(), inspect(), redrive({ limit: 5 }), inspect('?limit=3')]);
    await redrive();
    expect(await take(queues.updates)).toHaveLength(30);
    expect(await count(DEAD)).toBe(0);
  });

  it('a queue that nobody declared is empty', async () => {
    expect(await inspect(`?queue=${queues.ordersDeadLetters}`)).toMatchObject({
      total: 0,
      items: [],
    });
    expect(await redrive({ queue: queues.ordersDeadLetters })).toMatchObject({ redriven: 0 });
  });

  it('of orders go straight to their queue, and say what they are every time', async () => {
    const dead = queues.ordersDeadLetters;
    for (const queue of [dead, queues.orders]) await channel.assertQueue(queue, QUORUM);
    await channel.assertExchange(exchanges.orderEvents, 'topic', { durable: true });
    await channel.assertQueue('shipping', QUORUM);
    await channel.bindQueue('shipping', exchanges.orderEvents, '#');
    await bury(from(exchanges.orderEvents, 'order.created'), '{"first":1}', dead);
    await bury({ ...from('', queues.orders), 'x-event-type': 'payment.failed' }, '{}', dead);
    expect(await redrive({ queue: dead })).toEqual({ redriven: 2, skipped: 0, unroutable: 0 });
    const types = (await take(queues.orders)).map(
      ({ properties }) => properties.headers?.['x-event-type'],
    );
    expect(types).toEqual(['order.created', 'payment.failed']);
    expect(await take('shipping')).toEqual([]);
  });
});
