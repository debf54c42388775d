import { type RunningApp, waitUntil } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { openWorld, type World } from './worker/open-world';
import { createShop, orderCreated, type Shop, type ShopEvent, shopEvent } from './worker/shop';

const ORDERS = 400;
const KILLS = 4;
const STOCK = 100_000;

interface PlannedOrder {
  orderId: string;
  productId: string;
  quantity: number;
  /** In the order of their arrival. */
  events: ShopEvent[];
  end: 'PENDING' | 'COMMITTED' | 'CANCELLED' | 'RETURNED';
}

/** Every order that its events can make, the order itself coming first, in the middle or last. */
const ARRIVALS = [
  [['created'], 'PENDING'],
  [['created', 'paid'], 'COMMITTED'],
  [['paid', 'created'], 'COMMITTED'],
  [['created', 'unpaid'], 'CANCELLED'],
  [['unpaid', 'created'], 'CANCELLED'],
  [['created', 'paid', 'cancelled'], 'RETURNED'],
  [['paid', 'created', 'cancelled'], 'RETURNED'],
  [['paid', 'cancelled', 'created'], 'RETURNED'],
  [['cancelled', 'paid', 'created'], 'CANCELLED'],
] as const;

function planOrder(index: number, productId: string): PlannedOrder {
  const [types, end] = ARRIVALS[index % ARRIVALS.length] as (typeof ARRIVALS)[number];
  const orderId = randomUUID();
  const quantity = 1 + (index % 5);
  const made = {
    created: () => orderCreated(orderId, [productId, quantity]),
    paid: () => shopEvent('payment.successful', { orderId }),
    unpaid: () => shopEvent('payment.failed', { orderId }),
    cancelled: () => shopEvent('order.cancelled', { orderId }),
  };
  return { orderId, productId, quantity, events: types.map((type) => made[type]()), end };
}

/** One event of each order after the other, so that orders are open beside each other. */
function interleave(orders: readonly PlannedOrder[]): ShopEvent[] {
  const longest = Math.max(...orders.map(({ events }) => events.length));
  return Array.from({ length: longest }, (_, round) =>
    orders.flatMap(({ events }) => events[round] ?? []),
  ).flat();
}

describe('SIGKILL of the worker during a load of orders', () => {
  let world: World;
  let shop: Shop;

  beforeAll(async () => {
    world = await openWorld();
    shop = createShop(world);
  });
  afterAll(() => world.close());

  const processed = async () => {
    const [row] = await world.query<{ count: string }>(
      `SELECT count(*) FROM inbox_messages WHERE source = 'inventory.orders'`,
    );
    return Number(row?.count);
  };

  it('loses no event, does nothing twice, and the stock adds up', async () => {
    let worker: RunningApp = await world.startWorker({ BATCH_SIZE: '20' });
    const products = await Promise.all(Array.from({ length: 5 }, () => shop.stocked(STOCK)));
    const orders = Array.from({ length: ORDERS }, (_, index) =>
      planOrder(index, products[index % products.length] as string),
    );
    const events = interleave(orders);
    const published = shop.publish(...events);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await waitUntil(async () => (await processed()) >= (events.length * kill) / (KILLS + 2));
      await worker.kill();
      worker = await world.startWorker({ BATCH_SIZE: '20' });
    }
    await published;
    await waitUntil(async () => (await processed()) === events.length, { timeoutMs: 30_000 });
    await waitUntil(async () => (await world.broker.count('inventory.orders')) === 0);
    expect(await worker.stop()).toBe(0);

    expect(await world.broker.count('inventory.orders.dlq')).toBe(0);
    expect(await shop.findDrift()).toEqual([]);
    expect(await world.query('SELECT FROM order_outcomes')).toEqual([]);
    const rows = await world.query<{ order_id: string; status: string }>(
      `SELECT order_id, CASE WHEN returned_at IS NULL THEN status::text ELSE 'RETURNED' END AS status
       FROM reservations`,
    );
    expect(rows).toHaveLength(ORDERS);
    const ends = new Map(rows.map(({ order_id, status }) => [order_id, status]));
    expect(orders.map(({ orderId }) => ends.get(orderId))).toEqual(orders.map(({ end }) => end));
    for (const productId of products) {
      const own = orders.filter((order) => order.productId === productId);
      const unitsOf = (end: PlannedOrder['end']) =>
        own.filter((order) => order.end === end).reduce((sum, { quantity }) => sum + quantity, 0);
      expect(await shop.levelsOf(productId)).toMatchObject({
        on_hand: STOCK - unitsOf('COMMITTED'),
        reserved: unitsOf('PENDING'),
      });
    }
  }, 120_000);
});
