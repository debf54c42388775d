import { waitUntil, withClient } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { openWorld, type World } from './worker/open-world';

const DELIVERY_LIMIT = 4;

describe('a message that ends the process', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const update = (productId: string, newQuantity: number) => ({
    eventId: randomUUID(),
    productId,
    newQuantity,
  });

  /** Backends of a killed worker; they notice its death only when they get the lock they wait for. */
  const blockedBackends = () =>
    world.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'ingest-worker'
         AND wait_event_type = 'Lock'`,
    );

  async function killWhenBlocked(): Promise<'killed' | 'passed'> {
    const worker = await world.startWorker({ DELIVERY_LIMIT: String(DELIVERY_LIMIT) });
    const ended = await waitUntil(async () => {
      if ((await blockedBackends()).length > 0) return 'killed' as const;
      const { messageCount } = await world.broker.channel.checkQueue('inventory.updates.dlq');
      return messageCount > 0 && ('passed' as const);
    });
    if (ended === 'passed') return ended;
    await worker.kill();
    for (const { pid } of await blockedBackends()) {
      await world.query('SELECT pg_terminate_backend($1)', [pid]);
    }
    await waitUntil(async () => (await blockedBackends()).length === 0);
    return ended;
  }

  it('is dead-lettered alone, after a few crashes, and order is kept', async () => {
    const poisoned = randomUUID();
    const other = randomUUID();
    const first = await world.startWorker();
    await world.broker.publish([{ body: update(poisoned, 1) }, { body: update(other, 0) }]);
    await waitUntil(async () => (await world.outcomes()).size === 2);
    await first.stop();

    // Whoever processes an update of this item hangs, and is killed by us while it does.
    await withClient(world.database.url, async (locker) => {
      await locker.query('BEGIN');
      await locker.query('SELECT FROM stock_items WHERE product_id = $1 FOR UPDATE', [poisoned]);
      const good = Array.from({ length: 120 }, (_, index) => update(other, index + 1));
      const poison = update(poisoned, 2);
      await world.broker.publish(
        [...good.slice(0, 60), poison, ...good.slice(60)].map((body) => ({ body })),
      );
      let kills = 0;
      while ((await killWhenBlocked()) === 'killed') {
        kills += 1;
        expect(kills).toBeLessThanOrEqual(DELIVERY_LIMIT + 1);
      }
      await waitUntil(async () => (await world.outcomes()).size === 122);
      const [dead] = await world.broker.takeDeadLetters(1);
      expect(JSON.parse(String(dead?.content))).toEqual(poison);
      expect(dead?.properties.headers?.['x-error-code']).toBe('ATTEMPTS_EXHAUSTED');
      await locker.query('ROLLBACK');
    });

    const outcomes = await world.outcomes();
    expect([...outcomes.values()].every((outcome) => outcome === 'applied')).toBe(true);
    const history = await world.query<{ new_quantity: number }>(
      `SELECT new_quantity FROM inventory_events
       WHERE product_id = $1 AND event_type = 'StockLevelChangedEvent' ORDER BY sequence`,
      [other],
    );
    expect(history.map((row) => row.new_quantity)).toEqual(
      Array.from({ length: 120 }, (_, index) => index + 1),
    );
    expect(await world.broker.count('inventory.updates.dlq')).toBe(0);
  }, 120_000);
});
