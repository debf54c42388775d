import { waitUntil } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { eventsOf, RelayWorld } from './world/relay-world';

const ITEMS = 200;
const EVENTS = 50;

describe('relays as processes', () => {
  let world: RelayWorld;

  beforeEach(async () => {
    world = await RelayWorld.open();
  });
  afterEach(() => world.close());

  const isShared = async (...shares: number[]): Promise<boolean> =>
    (await world.shares()).join() === shares.join();

  it('take over from one that was killed, within seconds and without a gap', async () => {
    const first = await world.startRelay();
    await world.startRelay();
    await waitUntil(() => isShared(32, 32));
    const events = eventsOf(ITEMS, EVENTS);
    await world.insert(events);
    await world.observer.waitForCount(1000);
    await first.kill();
    const killedAt = performance.now();
    await waitUntil(() => isShared(64));
    expect(performance.now() - killedAt).toBeLessThan(5000);
    await world.expectAll(ITEMS, EVENTS);
  });

  it('keep the order when one is killed again and again', async () => {
    await world.startRelay();
    const events = eventsOf(ITEMS, EVENTS);
    for (let round = 0; round < 4; round += 1) {
      const victim = await world.startRelay({ RELAY_LEASE_POLL_MS: '100' });
      await world.insert(events.slice(round * 2500, (round + 1) * 2500));
      await world.observer.waitForCount(round * 2500 + 500);
      await victim.kill();
    }
    await world.expectAll(ITEMS, EVENTS);
  });

  it('take over from one that is paused, which does no harm when it goes on', async () => {
    const poll = { RELAY_LEASE_POLL_MS: '200' };
    const paused = await world.startRelay(poll);
    await world.startRelay(poll);
    await waitUntil(() => isShared(32, 32));
    const events = eventsOf(ITEMS, EVENTS);
    await world.insert(events.slice(0, 5000));
    paused.signal('SIGSTOP');
    await waitUntil(() => isShared(64));
    await world.waitUntilEmpty();
    paused.signal('SIGCONT');
    await world.insert(events.slice(5000));
    await waitUntil(() => isShared(32, 32));
    await world.expectAll(ITEMS, EVENTS);
  });

  it('drain on SIGTERM: what was sent is confirmed and deleted, and nothing comes twice', async () => {
    const events = eventsOf(ITEMS, EVENTS);
    await world.insert(events);
    const first = await world.startRelay();
    await world.observer.waitForCount(1000);
    expect(await first.stop()).toBe(0);
    const published = events.length - (await world.count('outbox_messages'));
    await world.observer.waitForCount(published);
    expect(await world.shares()).toEqual([]);
    await world.startRelay();
    await world.expectAll(ITEMS, EVENTS);
    expect(world.observer.messages.length).toBe(events.length);
  });

  it('park an event that cannot be sent; its item and all others go on', async () => {
    await world.startRelay();
    const itemId = randomUUID();
    await world.insert([
      { itemId, sequence: 1 },
      { itemId, sequence: 2, routingKey: 'x'.repeat(300) },
      { itemId, sequence: 3 },
      { itemId: randomUUID(), sequence: 1 },
    ]);
    await world.waitUntilEmpty();
    await world.observer.waitForCount(3);
    expect(await world.count('outbox_parked')).toBe(1);
    const order = world.observer.messages
      .filter(({ headers }) => headers['x-item-id'] === itemId)
      .map(({ headers }) => headers['x-sequence']);
    expect(order).toEqual([1, 3]);
  });
});
