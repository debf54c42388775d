import { randomUUID } from 'node:crypto';
import { waitUntil, withClient } from '@inventory-events/testing';
import { insertEvent, insertManyEvents, uuidV7, type EventFixture } from './world/insert-events';
import { openStream, type OpenStream, type StreamOptions } from './world/open-stream';
import { startAuditWorld, type AuditWorld } from './world/start-audit-world';

describe('the live stream', () => {
  let world: AuditWorld;
  const open: OpenStream[] = [];
  beforeAll(async () => {
    world = await startAuditWorld({
      STREAM_HEARTBEAT_INTERVAL_MS: '200',
      STREAM_MAX_CLIENTS: '20',
    });
  });
  afterEach(() => {
    for (const stream of open.splice(0)) stream.close();
  });
  afterAll(() => world.close());

  async function stream(options: StreamOptions = {}): Promise<OpenStream> {
    const opened = await openStream(world.app.url, options);
    open.push(opened);
    return opened;
  }
  /** Live means: past its catching up. */
  async function liveStream(options: StreamOptions = {}): Promise<OpenStream> {
    const opened = await stream(options);
    await waitUntil(() => opened.text().includes('heartbeat'));
    return opened;
  }
  const insert = (event: EventFixture = {}) =>
    withClient(world.databaseUrl, (client) => insertEvent(client, event));
  const idsOf = (stream: OpenStream) => stream.events.map((event) => event.data.id);

  it('sends what is committed to every client, through its filter', async () => {
    const productId = randomUUID();
    const all = await liveStream();
    const ofProduct = await liveStream({ query: `?productId=${productId}` });
    const ofType = await liveStream({ query: '?type=OUT_OF_STOCK&type=BACK_IN_STOCK' });
    const first = await insert({ productId, eventType: 'LOW_STOCK' });
    const second = await insert({ eventType: 'OUT_OF_STOCK' });
    await all.waitForEvents(2);
    await ofProduct.waitForEvents(1);
    await ofType.waitForEvents(1);
    expect(idsOf(all)).toEqual([first, second]);
    expect(idsOf(ofProduct)).toEqual([first]);
    expect(idsOf(ofType)).toEqual([second]);
    expect(all.events[0]?.data).toMatchObject({ productId, previousQuantity: 11 });
  });

  it('sends an event within a moment of its commit', async () => {
    const client = await liveStream();
    const latencies: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const startedAt = performance.now();
      await insert();
      await waitUntil(() => client.events.length > round, { intervalMs: 1 });
      latencies.push(performance.now() - startedAt);
    }
    latencies.sort((a, b) => a - b);
    // The safety poll alone would take half a second on average.
    expect(latencies[10]).toBeLessThan(250);
  });

  it('resumes where a client stood, without loss', async () => {
    const before = await liveStream();
    const seen = await insert();
    const [event] = await before.waitForEvents(1);
    before.close();
    const missed = [await insert(), await insert()];
    const resumed = await stream({ lastEventId: event?.position });
    await waitUntil(() => missed.every((id) => idsOf(resumed).includes(id)));
    const live = await insert();
    await waitUntil(() => idsOf(resumed).includes(live));
    // A transaction that was open meanwhile, in any database, makes it repeat from further back.
    const isNew = (id: string) => id > seen;
    expect(idsOf(resumed).map(String).filter(isNew)).toEqual([...missed, live]);
  });

  it('resumes with what was committed late, from before the last event', async () => {
    await withClient(world.databaseUrl, async (late) => {
      await late.query('BEGIN');
      // Its id is older than all that the client will have seen.
      const lateId = await insertEvent(late, { id: uuidV7(Date.now() - 3_600_000) });
      const before = await liveStream();
      await insert();
      const [event] = await before.waitForEvents(1);
      before.close();
      await late.query('COMMIT');
      const resumed = await stream({ lastEventId: event?.position });
      await waitUntil(() => idsOf(resumed).includes(lateId));
    });
  });

  it("resumes from an event's id alone", async () => {
    const known = await insert();
    const missed = await insert();
    const resumed = await stream({ lastEventId: known });
    await waitUntil(() => idsOf(resumed).includes(missed));
  });

  it('keeps order per item and loses nothing while many writers commit and clients come back', async () => {
    const client = await liveStream();
    const counts = new Map<string, number>();
    let reconnecting = client;
    const writers = Array.from({ length: 6 }, (_, index) =>
      withClient(world.databaseUrl, async (connection) => {
        const itemId = randomUUID();
        for (let sequence = 1; sequence <= 60; sequence += 1) {
          await connection.query('BEGIN');
          await insertEvent(connection, { itemId, sequence, eventType: 'StockLevelChangedEvent' });
          // Some transactions stay open a little, so that commits overtake each other.
          if (sequence % (index + 2) === 0) await connection.query('SELECT pg_sleep(0.01)');
          await connection.query('COMMIT');
        }
        counts.set(itemId, 60);
      }),
    );
    const received = new Map<string, Set<number>>();
    const collected: OpenStream[] = [client];
    const writing = Promise.all(writers);
    for (let round = 0; round < 5; round += 1) {
      await reconnecting.waitForEvents(20);
      reconnecting.close();
      const last = reconnecting.events.at(-1);
      reconnecting = await stream({ lastEventId: last?.position });
      collected.push(reconnecting);
    }
    await writing;
    const isComplete = () => {
      received.clear();
      for (const { data } of collected.flatMap((one) => one.events)) {
        const itemId = String(data['itemId']);
        received.set(itemId, (received.get(itemId) ?? new Set()).add(Number(data['sequence'])));
      }
      return [...counts.keys()].every((itemId) => received.get(itemId)?.size === 60);
    };
    const missing = () =>
      `the events of ${[...counts.keys()].map((itemId) => 60 - (received.get(itemId)?.size ?? 0)).join()}`;
    await waitUntil(isComplete, { timeoutMs: 60_000, message: missing });
    for (const one of collected) expectOrderPerItem(one);
  });

  function expectOrderPerItem({ events }: OpenStream): void {
    const last = new Map<string, number>();
    for (const { data } of events) {
      const itemId = String(data['itemId']);
      const sequence = Number(data['sequence']);
      // A resumed stream may repeat, from a start on; behind that it goes up.
      const previous = last.get(itemId);
      if (previous !== undefined && sequence > previous) expect(sequence).toBe(previous + 1);
      last.set(itemId, sequence);
    }
  }

  it('catches up with more than a page', async () => {
    const before = await liveStream();
    await insert();
    const [event] = await before.waitForEvents(1);
    before.close();
    const productId = randomUUID();
    await withClient(world.databaseUrl, (client) =>
      insertManyEvents(client, { count: 3_500, productId }),
    );
    const resumed = await stream({
      lastEventId: event?.position,
      query: `?productId=${productId}`,
    });
    await resumed.waitForEvents(3_500);
    const live = await insert({ productId });
    await waitUntil(() => idsOf(resumed).includes(live));
    expect(new Set(idsOf(resumed)).size).toBe(3_501);
  });

  it('disconnects a client that does not read, and serves the others', async () => {
    const productId = randomUUID();
    const slow = await liveStream();
    const quick = await liveStream({ query: `?productId=${productId}` });
    slow.pause();
    await withClient(world.databaseUrl, async (client) => {
      // In steps that the reading client keeps up with, or it would be one that doesn't read.
      for (let round = 1; round <= 60; round += 1) {
        await insertManyEvents(client, { count: 500, productId });
        await quick.waitForEvents(round * 500);
      }
    });
    await waitUntil(async () => {
      const { text } = await world.call('/metrics', { role: null });
      return /audit_stream_clients_dropped_total\{[^}]*\} 1/.test(text);
    });
  }, 120_000);

  it('ends with its token', async () => {
    const exp = Math.floor(Date.now() / 1000) + 2;
    const client = await stream({ claims: { roles: ['viewer'], exp } });
    await waitUntil(() => client.isEnded());
  });

  it('takes no more clients than it may', async () => {
    const clients = await Promise.all(Array.from({ length: 21 }, () => stream()));
    expect(clients.filter((client) => client.status === 200)).toHaveLength(20);
    expect(clients.filter((client) => client.status === 503)).toHaveLength(1);
  });

  it('ends at a stop of the app, which is not held up', async () => {
    const own = await startAuditWorld();
    const client = await openStream(own.app.url);
    const startedAt = performance.now();
    expect(await own.app.stop()).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await waitUntil(() => client.isEnded());
    await own.close();
  });
});
