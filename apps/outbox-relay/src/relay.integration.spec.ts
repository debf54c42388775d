import { createTcpProxy, waitUntil } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { acceptedSequences, eventsOf, RelayFixture } from './testing/relay-fixture';

describe('the relay', () => {
  let fixture: RelayFixture;

  beforeAll(async () => {
    fixture = await RelayFixture.create();
  });
  afterEach(() => fixture.reset());
  afterAll(() => fixture.close());

  /** With the exchange declared, so that nothing passes unseen. */
  async function observeFirst() {
    const relay = await fixture.startRelay();
    const observer = await fixture.observe();
    await relay.stop();
    return observer;
  }

  function acceptedAll(
    observer: Awaited<ReturnType<RelayFixture['observe']>>,
    items: number,
    count: number,
  ): boolean {
    const accepted = acceptedSequences(observer);
    return accepted.size === items && [...accepted.values()].every((last) => last === count);
  }

  it('publishes an event as it stands, with its properties, and deletes it', async () => {
    const relay = await fixture.startRelay();
    const observer = await fixture.observe();
    const itemId = randomUUID();
    await fixture.insert([{ itemId, sequence: 41, payload: '{"eventId": "x"}' }]);
    const [message] = await observer.waitForCount(1);
    expect(message).toMatchObject({
      routingKey: 'inventory.stock.changed',
      type: 'StockLevelChangedEvent',
      correlationId: 'c',
      headers: { 'x-item-id': itemId, 'x-sequence': 41 },
      properties: { deliveryMode: 2, contentType: 'application/json' },
    });
    expect(message?.content.toString()).toBe('{"eventId": "x"}');
    await fixture.waitUntilEmpty();
    expect(await relay.metric('outbox_relay_published_total')).toBe(1);
  });

  it('keeps the order of every item through a backlog larger than its memory', async () => {
    const observer = await observeFirst();
    const events = eventsOf(50, 100);
    await fixture.insert(events);
    await fixture.startRelay({ RELAY_BATCH_SIZE: '50', RELAY_BUFFER_EVENTS: '100' });
    await fixture.waitUntilEmpty();
    await waitUntil(() => acceptedAll(observer, 50, 100));
    expect(observer.messages.length).toBe(events.length);
  });

  it('reads what one item has piled up in pieces, in order', async () => {
    const observer = await observeFirst();
    const events = eventsOf(1, 500);
    await fixture.insert(events);
    await fixture.startRelay();
    await fixture.waitUntilEmpty();
    await waitUntil(() => acceptedAll(observer, 1, 500));
    expect(observer.messages.length).toBe(500);
  });

  it('shares with relays that come and go, without a gap, a swap or a duplicate', async () => {
    const observer = await observeFirst();
    const events = eventsOf(100, 60);
    const first = await fixture.startRelay();
    let inserted = 0;
    const insertSome = async (count: number): Promise<void> => {
      await fixture.insert(events.slice(inserted, inserted + count));
      inserted += count;
    };
    await insertSome(2000);
    const second = await fixture.startRelay();
    await insertSome(1000);
    await waitUntil(async () => (await second.metric('outbox_relay_owned_partitions')) === 32);
    await insertSome(1000);
    await first.stop();
    await insertSome(1000);
    await fixture.startRelay();
    await insertSome(1000);
    await fixture.waitUntilEmpty();
    await waitUntil(() => acceptedAll(observer, 100, 60));
    expect(observer.messages.length).toBe(events.length);
    expect(await second.metric('outbox_relay_published_total')).toBeGreaterThan(0);
  });

  it('loses nothing of transactions that commit late and out of order', async () => {
    const observer = await observeFirst();
    await fixture.startRelay({ RELAY_BATCH_SIZE: '20' });
    const events = eventsOf(40, 10);
    const held: { commit(): Promise<void> }[] = [];
    for (let sequence = 1; sequence <= 10; sequence += 1) {
      const round = events.filter((event) => event.sequence === sequence);
      // One transaction per item and round; an item's next one begins when its former has ended.
      for (const event of round) {
        const client = await fixture.pool.connect();
        await client.query('BEGIN');
        await fixture.insert([event], client);
        held.push({
          commit: async () => {
            await client.query('COMMIT');
            client.release();
          },
        });
        if (held.length === 8) await held.splice(Math.floor(Math.random() * 8), 1)[0]?.commit();
      }
      while (held.length > 0) await held.pop()?.commit();
    }
    await fixture.waitUntilEmpty();
    await waitUntil(() => acceptedAll(observer, 40, 10));
    expect(observer.messages.length).toBe(400);
  });

  it('publishes again, in order and at no attempt, what a cut of the broker left open', async () => {
    const observer = await observeFirst();
    const proxy = await createTcpProxy({ target: fixture.vhost.url });
    const relay = await fixture.startRelay({ AMQP_URL: proxy.through(fixture.vhost.url) });
    const events = eventsOf(100, 80);
    for (let from = 0; from < events.length; from += 1000) {
      // In turns: messages that never arrive, and messages that do but whose confirms are lost.
      const met =
        from % 2000 === 0
          ? proxy.cutAfter({ direction: 'to-server', bytes: 200_000 })
          : proxy.cutAfter({ direction: 'to-client', bytes: 200 });
      await fixture.insert(events.slice(from, from + 1000));
      await met;
    }
    await fixture.waitUntilEmpty();
    await waitUntil(() => acceptedAll(observer, 100, 80));
    expect(await relay.metric('outbox_relay_unconfirmed_total')).toBeGreaterThan(0);
    await relay.stop();
    await proxy.close();
    const { rows } = await fixture.pool.query('SELECT 1 FROM outbox_parked');
    expect(rows).toEqual([]);
  });

  it('recovers when all its sessions of the database are killed under load', async () => {
    const observer = await observeFirst();
    const relay = await fixture.startRelay();
    const events = eventsOf(100, 80);
    for (let from = 0; from < events.length; from += 2000) {
      await fixture.insert(events.slice(from, from + 2000));
      await fixture.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name LIKE 'outbox-relay%'`,
      );
    }
    await fixture.waitUntilEmpty();
    await waitUntil(() => acceptedAll(observer, 100, 80));
    await waitUntil(async () => (await relay.service.isReady?.()) === true);
  });

  it('starts and stops in any interleaving', async () => {
    for (let round = 0; round < 5; round += 1) {
      const relay = await fixture.startRelay();
      if (round % 2 === 0) await fixture.insert(eventsOf(20, 5));
      await Promise.all([relay.stop(), relay.stop()]);
    }
    await fixture.startRelay();
    await fixture.waitUntilEmpty();
  });
});
