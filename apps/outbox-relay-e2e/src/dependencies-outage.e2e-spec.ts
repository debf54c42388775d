import { createTcpProxy, waitUntil, type TcpProxy } from '@inventory-events/testing';
import { eventsOf, RelayWorld } from './world/relay-world';

const ITEMS = 50;

describe('a relay whose dependencies come and go', () => {
  let world: RelayWorld;
  let database: TcpProxy;
  let broker: TcpProxy;

  beforeEach(async () => {
    world = await RelayWorld.open();
    database = await createTcpProxy({ target: world.database.url });
    broker = await createTcpProxy({ target: world.vhost.url });
  });
  afterEach(async () => {
    await world.close();
    await Promise.all([database.close(), broker.close()]);
  });

  const throughProxies = () => ({
    DATABASE_URL: database.through(world.database.url),
    AMQP_URL: broker.through(world.vhost.url),
    RELAY_LEASE_POLL_MS: '200',
  });
  const readiness = async (url: string): Promise<number> =>
    (await fetch(`${url}/health/ready`)).status;

  it('starts without any of them, says so, and works when they are there', async () => {
    await Promise.all([database.refuse(), broker.refuse()]);
    await world.insert(eventsOf(ITEMS, 2));
    const relay = await world.startRelay(throughProxies(), 'live');
    expect(await readiness(relay.url)).toBe(503);
    await broker.accept();
    expect(await readiness(relay.url)).toBe(503);
    await database.accept();
    await waitUntil(async () => (await readiness(relay.url)) === 200);
    await world.expectAll(ITEMS, 2);
  });

  it('waits for a broker that is away, without an attempt, and catches up', async () => {
    const relay = await world.startRelay(throughProxies());
    const events = eventsOf(ITEMS, 200);
    await world.insert(events.slice(0, 5000));
    await broker.refuse();
    await world.insert(events.slice(5000));
    await waitUntil(async () => (await readiness(relay.url)) === 503);
    const rows = await world.query('SELECT max(attempts) AS attempts FROM outbox_messages');
    expect(rows).toEqual([{ attempts: 0 }]);
    await broker.accept();
    await world.expectAll(ITEMS, 200);
    expect(await world.count('outbox_parked')).toBe(0);
  });

  it('waits for a database that is away, and catches up', async () => {
    const relay = await world.startRelay(throughProxies());
    const events = eventsOf(ITEMS, 200);
    await world.insert(events.slice(0, 5000));
    await database.refuse();
    await world.insert(events.slice(5000));
    await waitUntil(async () => (await readiness(relay.url)) === 503);
    await database.accept();
    await world.expectAll(ITEMS, 200);
    expect(relay.isRunning()).toBe(true);
  });

  it('notices a database that has gone silent, and works when it answers again', async () => {
    const relay = await world.startRelay(throughProxies());
    database.pause();
    await waitUntil(async () => (await readiness(relay.url)) === 503);
    await world.insert(eventsOf(ITEMS, 10));
    database.cut();
    database.resume();
    await world.expectAll(ITEMS, 10);
  });
});
