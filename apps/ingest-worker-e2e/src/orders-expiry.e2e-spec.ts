import { waitUntil } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { openWorld, type World } from './worker/open-world';
import { createShop, orderCreated, type Shop } from './worker/shop';

describe('an order that nobody paid in time', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await openWorld();
    shop = createShop(world);
    await world.startWorker({
      RESERVATION_TTL_SECONDS: '1',
      RESERVATION_SWEEP_INTERVAL_MS: '200',
    });
  });
  afterAll(() => world.close());

  it('gives its stock back, without any other app', async () => {
    const productId = await shop.stocked(3);
    const orderId = randomUUID();
    await shop.publish(orderCreated(orderId, [productId, 3]));
    await waitUntil(async () => (await shop.statusesOf(orderId)).join() === 'EXPIRED');
    expect(await shop.levelsOf(productId)).toMatchObject({ on_hand: 3, reserved: 0 });
    expect(await shop.eventTypesOf(productId)).toContain('InventoryReleasedEvent');
    expect(await shop.findDrift()).toEqual([]);
  });
});
