import { redriveParkedEvents } from '@inventory-events/data-access';
import { waitUntil } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { acceptedSequences, RelayFixture } from './testing/relay-fixture';

const UNSENDABLE = 'x'.repeat(300);

describe('messages that fail', () => {
  let fixture: RelayFixture;

  beforeEach(async () => {
    fixture = await RelayFixture.create();
  });
  afterEach(() => fixture.close());

  const parked = async () => {
    const { rows } = await fixture.pool.query(
      'SELECT id, sequence::int, attempts, error_code, redriven_at FROM outbox_parked',
    );
    return rows;
  };
  const attemptsOf = async (itemId: string): Promise<number> => {
    const { rows } = await fixture.pool.query(
      'SELECT max(attempts) AS attempts FROM outbox_messages WHERE item_id = $1',
      [itemId],
    );
    return rows[0].attempts ?? 0;
  };

  it('are parked after their attempts, and the item and all others go on', async () => {
    const relay = await fixture.startRelay();
    const observer = await fixture.observe();
    const [poisoned, healthy] = [randomUUID(), randomUUID()];
    await fixture.insert([
      { itemId: poisoned, sequence: 1 },
      { itemId: poisoned, sequence: 2, routingKey: UNSENDABLE },
      { itemId: poisoned, sequence: 3 },
      { itemId: healthy, sequence: 1 },
    ]);
    await observer.waitForCount(3);
    await fixture.waitUntilEmpty();
    expect(await parked()).toMatchObject([
      { sequence: 2, attempts: 3, error_code: 'INVALID_MESSAGE', redriven_at: null },
    ]);
    const order = observer.messages
      .filter(({ headers }) => headers['x-item-id'] === poisoned)
      .map(({ headers }) => headers['x-sequence']);
    expect(order).toEqual([1, 3]);
    expect(await relay.metric('outbox_relay_parked_total')).toBe(1);
    expect(await relay.metric('outbox_relay_publish_failures_total')).toBe(3);
  });

  it('hold their item for good under the policy "block", and nothing else', async () => {
    await fixture.startRelay({ RELAY_FAILURE_POLICY: 'block' });
    const observer = await fixture.observe();
    const [poisoned, healthy] = [randomUUID(), randomUUID()];
    await fixture.insert([
      { itemId: poisoned, sequence: 1, routingKey: UNSENDABLE },
      { itemId: poisoned, sequence: 2 },
      { itemId: healthy, sequence: 1 },
    ]);
    await waitUntil(async () => (await attemptsOf(poisoned)) > 4);
    expect(observer.messages.map(({ headers }) => headers['x-item-id'])).toEqual([healthy]);
    expect(await fixture.pending()).toBe(2);
    expect(await parked()).toEqual([]);
  });

  it('are published when they are redriven, behind what came since', async () => {
    await fixture.startRelay({ RELAY_MAX_MESSAGE_BYTES: '1024' });
    const itemId = randomUUID();
    await fixture.insert([
      { itemId, sequence: 1, payload: JSON.stringify('x'.repeat(2000)) },
      { itemId, sequence: 2 },
    ]);
    const [row] = await waitUntil(async () => {
      const rows = await parked();
      return rows.length > 0 && rows;
    });
    expect(row).toMatchObject({ sequence: 1, error_code: 'MESSAGE_TOO_LARGE' });
    await fixture.reset();
    await fixture.pool.query(
      `INSERT INTO outbox_parked (id, partition, item_id, event_type, sequence, routing_key,
         correlation_id, payload, created_at, attempts, error_code, error_message)
       VALUES ($1, 0, $2, 'LOW_STOCK', 1, 'inventory.threshold.low_stock', 'c', '{}', now(), 3,
         'MESSAGE_TOO_LARGE', 'x')`,
      [row.id, itemId],
    );
    await fixture.startRelay();
    const observer = await fixture.observe();
    expect(await redriveParkedEvents(fixture.pool, [row.id, randomUUID()])).toEqual([row.id]);
    expect(await redriveParkedEvents(fixture.pool, [row.id])).toEqual([]);
    const [message] = await observer.waitForCount(1);
    expect(message?.messageId).toBe(row.id);
    await fixture.waitUntilEmpty();
    expect(await parked()).toMatchObject([{ redriven_at: expect.any(Date) }]);
  });

  it('hold back the later events of their item while a full queue rejects them', async () => {
    await fixture.startRelay({ RELAY_MAX_ATTEMPTS: '1000' });
    const { channel } = fixture;
    await channel.assertQueue('full', {
      durable: true,
      arguments: { 'x-max-length': 5, 'x-overflow': 'reject-publish' },
    });
    await channel.bindQueue('full', 'inventory.events', '#');
    const itemId = randomUUID();
    const events = Array.from({ length: 40 }, (_, index) => ({ itemId, sequence: index + 1 }));
    await fixture.insert(events);
    await waitUntil(async () => (await attemptsOf(itemId)) > 1);
    const received: number[] = [];
    await channel.consume(
      'full',
      (message) => void received.push(Number(message?.properties.headers?.['x-sequence'])),
      { noAck: true },
    );
    await fixture.waitUntilEmpty();
    await waitUntil(() => received.length === 40);
    expect(received).toEqual(events.map(({ sequence }) => sequence));
    expect(await parked()).toEqual([]);
  });

  it('are recognised when no queue wants them, though the broker confirms them', async () => {
    // Declared by somebody else, without the alternate exchange: it is used as it is.
    await fixture.channel.assertExchange('inventory.events', 'topic', { durable: true });
    await fixture.startRelay();
    const itemId = randomUUID();
    await fixture.insert([{ itemId, sequence: 1 }]);
    await fixture.waitUntilEmpty();
    expect(await parked()).toMatchObject([{ error_code: 'PUBLISH_UNROUTABLE', attempts: 3 }]);
    const observer = await fixture.observe();
    await fixture.insert([{ itemId, sequence: 2 }]);
    await observer.waitForCount(1);
  });

  it('go to the queue of unrouted events where that exists', async () => {
    await fixture.startRelay();
    await fixture.insert([{ itemId: randomUUID(), sequence: 1 }]);
    await fixture.waitUntilEmpty();
    await waitUntil(async () => {
      const { messageCount } = await fixture.channel.checkQueue('inventory.events.unrouted');
      return messageCount === 1;
    });
    expect(await parked()).toEqual([]);
  });

  it('are counted on by the next relay, which waits as long as the last one would have', async () => {
    await fixture.channel.assertExchange('inventory.events', 'topic', { durable: true });
    const retry = { RELAY_RETRY_INITIAL_MS: '2000', RELAY_RETRY_MAX_MS: '2000' };
    const first = await fixture.startRelay(retry);
    const itemId = randomUUID();
    await fixture.insert([{ itemId, sequence: 1 }]);
    await waitUntil(async () => (await attemptsOf(itemId)) === 1);
    await first.stop();
    const startedAt = performance.now();
    await fixture.startRelay(retry);
    await waitUntil(async () => (await attemptsOf(itemId)) === 2);
    expect(performance.now() - startedAt).toBeGreaterThan(500);
  });

  it('never let a consumer see a gap, whatever fails on the way', async () => {
    await fixture.startRelay({ RELAY_MAX_ATTEMPTS: '1000' });
    const observer = await fixture.observe();
    await fixture.channel.assertQueue('narrow', {
      durable: true,
      arguments: { 'x-max-length': 30, 'x-overflow': 'reject-publish' },
    });
    await fixture.channel.bindQueue('narrow', 'inventory.events', '#');
    const itemIds = Array.from({ length: 20 }, () => randomUUID());
    for (let sequence = 1; sequence <= 20; sequence += 1) {
      await fixture.insert(itemIds.map((itemId) => ({ itemId, sequence })));
    }
    await waitUntil(async () => {
      await fixture.channel.purgeQueue('narrow');
      return (await fixture.pending()) === 0;
    });
    await waitUntil(() => [...acceptedSequences(observer).values()].every((last) => last === 20));
  });
});
