import { randomUUID } from 'node:crypto';
import { waitUntil } from '@inventory-events/testing';
import { type InventoryWorld, startInventoryWorld } from '../world/start-inventory-world';

describe('reservations whose time has passed', () => {
  let world: InventoryWorld;
  beforeAll(async () => {
    world = await startInventoryWorld({ RESERVATION_SWEEP_INTERVAL_MS: '200' });
  });
  afterAll(() => world.close());

  it('are released by themselves, told, and can no longer be committed', async () => {
    const productId = randomUUID();
    await world.call('/api/v1/inventory', { method: 'POST', body: { productId, quantity: 5 } });
    const orderId = randomUUID();
    const body = { orderId, ttlSeconds: 1, items: [{ productId, quantity: 5 }] };
    const reserved = await world.call('/api/v1/reservations', { method: 'POST', body });
    expect(reserved.status).toBe(201);
    const [{ reservationId }] = (reserved.json as { reservations: [{ reservationId: string }] })
      .reservations;

    const released = await waitUntil(async () => {
      const events = await world.query(
        `SELECT data FROM inventory_events
         WHERE event_type = 'InventoryReleasedEvent' AND product_id = $1`,
        [productId],
      );
      return events.length > 0 && events;
    });
    const { json } = await world.call(`/api/v1/reservations/order/${orderId}`);
    expect(json).toMatchObject({ status: 'EXPIRED' });
    expect(released).toMatchObject([
      { data: { orderId, quantityReleased: 5, reasonForRelease: 'RESERVATION_EXPIRED' } },
    ]);
    const late = await world.call(`/api/v1/reservations/${reservationId}/commit`, {
      method: 'POST',
      body: {},
    });
    expect([late.status, late.json]).toEqual([
      409,
      expect.objectContaining({ code: 'RESERVATION_EXPIRED' }),
    ]);
    const again = await world.call('/api/v1/reservations', {
      method: 'POST',
      body: { ...body, orderId: randomUUID(), ttlSeconds: 60 },
    });
    expect(again.status).toBe(201);
  });
});
