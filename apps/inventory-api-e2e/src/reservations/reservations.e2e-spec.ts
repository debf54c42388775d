import { randomUUID } from 'node:crypto';
import { createShop, heldBy, type HeldReservation } from '../world/create-shop';
import { expectProblem } from '../world/expect-problem';
import { expectProof } from '../world/expect-proof';
import { insertItem } from '../world/insert-item';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
const { post, reserve, hold, makeOverdue, stockOf } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
});

afterAll(() => world.close());

describe('POST /api/v1/reservations', () => {
  it('holds every line, named in any way, and answers as documented', async () => {
    const warehouseId = randomUUID();
    const byProduct = await insertItem(world);
    const bySku = await insertItem(world, { sku: `sku-${randomUUID()}`, warehouseId });
    const [{ sku }] = (await world.query('SELECT sku FROM stock_items WHERE id = $1', [
      bySku.inventoryId,
    ])) as [{ sku: string }];
    const byId = await insertItem(world, { variantId: randomUUID() });
    const orderId = randomUUID();
    const before = Date.now();
    const answer = await reserve(
      [
        { productId: byProduct.productId, quantity: 1 },
        { sku, quantity: 2 },
        { inventoryId: byId.inventoryId, quantity: 3 },
      ],
      { orderId, userId: randomUUID(), ttlSeconds: 60 },
    );
    expect(answer.status).toBe(201);
    const line = (inventoryId: string, quantity: number, warehouse: string | null = null) => ({
      reservationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      inventoryId,
      warehouseId: warehouse,
      quantity,
      status: 'PENDING',
    });
    expect(answer.json).toEqual({
      orderId,
      status: 'PENDING',
      expiresAt: expect.any(String),
      reservations: [
        line(byProduct.inventoryId, 1),
        line(bySku.inventoryId, 2, warehouseId),
        line(byId.inventoryId, 3),
      ],
    });
    const heldForMs = Date.parse(heldBy(answer).expiresAt) - before;
    expect(heldForMs).toBeGreaterThan(55_000);
    expect(heldForMs).toBeLessThan(70_000);

    const read = await world.call(`/api/v1/reservations/order/${orderId}`, { role: 'viewer' });
    expect(read.json).toEqual(answer.json);
    const first = heldBy(answer).reservations[0] as HeldReservation;
    const one = await world.call(`/api/v1/reservations/${first.reservationId}`, { role: 'viewer' });
    expect(one.json).toMatchObject({
      ...first,
      orderId,
      productId: byProduct.productId,
      expiresAt: heldBy(answer).expiresAt,
      committedAt: null,
      cancelledAt: null,
    });
  });

  it('holds all lines or none, and names each short one', async () => {
    const plenty = await insertItem(world);
    const scarce = await insertItem(world, { onHand: 3 });
    const gone = await insertItem(world, { onHand: 5, status: 'DISCONTINUED' });
    const answer = await reserve([
      { productId: plenty.productId, quantity: 1 },
      { productId: scarce.productId, quantity: 2 },
      { productId: scarce.productId, quantity: 2 },
      { productId: gone.productId, quantity: 1 },
    ]);
    const problem = expectProblem(answer, 409, 'PRODUCT_DISCONTINUED');
    const short = (item: { inventoryId: string; productId: string }, facts: object) => ({
      inventoryId: item.inventoryId,
      productId: item.productId,
      variantId: null,
      warehouseId: null,
      ...facts,
    });
    expect(problem.shortages).toEqual([
      short(scarce, { requested: 4, available: 3, reason: 'INSUFFICIENT_STOCK' }),
      short(gone, { requested: 1, available: 0, reason: 'PRODUCT_DISCONTINUED' }),
    ]);
    expect(await stockOf(plenty.inventoryId)).toEqual({ onHand: 10, reserved: 0 });
    const alone = await reserve([{ productId: scarce.productId, quantity: 4 }]);
    expectProblem(alone, 409, 'INSUFFICIENT_STOCK');
  });

  it('adds up lines of one stock entry', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 5 });
    const answer = await reserve([
      { productId, quantity: 2 },
      { inventoryId, quantity: 3 },
    ]);
    expect(heldBy(answer).reservations).toMatchObject([{ inventoryId, quantity: 5 }]);
  });

  it('is idempotent by order: the same lines again are held once, others replace them', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 5 });
    const other = await insertItem(world, { onHand: 5 });
    const orderId = randomUUID();
    const first = await reserve([{ productId, quantity: 4 }], { orderId });
    const again = await reserve([{ productId, quantity: 4 }], { orderId });
    expect(again.status).toBe(200);
    expect(again.json).toEqual(first.json);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 5, reserved: 4 });

    // What the order holds is its own to use.
    const replaced = await reserve(
      [
        { productId, quantity: 5 },
        { productId: other.productId, quantity: 1 },
      ],
      { orderId },
    );
    expect(replaced.status).toBe(201);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 5, reserved: 5 });
    const failed = await reserve([{ productId, quantity: 6 }], { orderId });
    expect(expectProblem(failed, 409, 'INSUFFICIENT_STOCK').shortages).toMatchObject([
      { requested: 6, available: 5 },
    ]);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 5, reserved: 5 });
  });

  it('takes no order again that was sold', async () => {
    const { productId, orderId } = await hold();
    await post(`/order/${orderId}/commit`);
    const again = await reserve([{ productId, quantity: 4 }], { orderId });
    expectProblem(again, 409, 'ALREADY_COMMITTED');
  });

  it('tells of products and names that are unknown', async () => {
    const productId = randomUUID();
    const sku = `none-${randomUUID()}`;
    const unknown = await reserve([{ productId, quantity: 2 }]);
    expect(expectProblem(unknown, 404, 'PRODUCT_NOT_FOUND').shortages).toMatchObject([
      { inventoryId: null, productId, requested: 2, available: 0, reason: 'PRODUCT_NOT_FOUND' },
    ]);
    const events = await world.query(
      'SELECT event_type FROM inventory_events WHERE product_id = $1',
      [productId],
    );
    expect(events).toEqual([{ event_type: 'InventoryReservationFailedEvent' }]);
    const unnamed = await reserve([{ sku, quantity: 2 }]);
    expect(expectProblem(unnamed, 404, 'PRODUCT_NOT_FOUND').shortages).toMatchObject([
      { productId: null, sku, requested: 2, reason: 'PRODUCT_NOT_FOUND' },
    ]);
  });

  it('refuses a name of several stock entries', async () => {
    const productId = randomUUID();
    const warehouseId = randomUUID();
    await insertItem(world, { productId, warehouseId });
    await insertItem(world, { productId, warehouseId: randomUUID() });
    expectProblem(await reserve([{ productId, quantity: 1 }]), 400, 'INVALID_REQUEST');
    expect((await reserve([{ productId, warehouseId, quantity: 1 }])).status).toBe(201);
  });

  it('takes overdue holds of others before it refuses', async () => {
    const { productId, orderId, inventoryId } = await hold({ onHand: 4, quantity: 4 });
    await makeOverdue(orderId);
    const answer = await reserve([{ productId, quantity: 3 }]);
    expect(answer.status).toBe(201);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 4, reserved: 3 });
  });
});

describe('what becomes of a reservation', () => {
  it('is sold once, whole or in part', async () => {
    const { reservationId: id, inventoryId, orderId } = await hold();
    const sold = await post(`/${id}/commit`, { quantity: 3 });
    expect(sold.status).toBe(200);
    expect(sold.json).toMatchObject({
      reservationId: id,
      inventoryId,
      orderId,
      quantity: 3,
      status: 'COMMITTED',
      expiresAt: expect.any(String),
    });
    expect(await stockOf(inventoryId)).toEqual({ onHand: 7, reserved: 0 });
    expect((await post(`/${id}/commit`, { quantity: 3 })).json).toEqual(sold.json);
    expect((await post(`/${id}/commit`)).json).toEqual(sold.json);
    expectProblem(await post(`/${id}/commit`, { quantity: 4 }), 409, 'ALREADY_COMMITTED');
    expectProblem(await post(`/${id}/cancel`), 409, 'ALREADY_COMMITTED');
    expectProblem(await post(`/${id}/extend`, { ttlSeconds: 9 }), 409, 'ALREADY_COMMITTED');
    const [event] = await world.query(
      `SELECT data->>'quantityCommitted' AS quantity FROM inventory_events
       WHERE item_id = $1 AND event_type = 'InventoryCommittedEvent'`,
      [inventoryId],
    );
    expect(event).toEqual({ quantity: '3' });
    const [movement] = await world.query(
      `SELECT performed_by, reference FROM stock_movements WHERE item_id = $1 AND type = 'OUTBOUND'`,
      [inventoryId],
    );
    expect(movement).toEqual({ performed_by: 'e2e', reference: orderId });
  });

  it('is cancelled once, and answers twice', async () => {
    const { reservationId: id, inventoryId } = await hold();
    const first = await post(`/${id}/cancel`, { reason: 'changed their mind' });
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({ reservationId: id, status: 'CANCELLED' });
    const second = await post(`/${id}/cancel`);
    expect([second.status, second.json]).toEqual([200, first.json]);
    expectProblem(await post(`/${id}/commit`), 409, 'ALREADY_CANCELLED');
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('is released in part, and no more than is held', async () => {
    const { reservationId: id, inventoryId } = await hold();
    expectProblem(await post(`/${id}/cancel`, { quantity: 5 }), 409, 'EXCEEDS_RESERVED');
    const rest = await post(`/${id}/cancel`, { quantity: 1 });
    expect(rest.json).toMatchObject({ quantity: 3, status: 'PENDING' });
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 3 });
    expectProblem(await post(`/${id}/commit`, { quantity: 4 }), 409, 'EXCEEDS_RESERVED');
  });

  it('can not be sold or prolonged after its time, swept or not', async () => {
    const { reservationId: id, orderId, inventoryId } = await hold();
    await makeOverdue(orderId);
    const read = await world.call(`/api/v1/reservations/${id}`);
    expect(read.json).toMatchObject({ status: 'EXPIRED' });
    expectProblem(await post(`/${id}/commit`), 409, 'RESERVATION_EXPIRED');
    expectProblem(await post(`/${id}/extend`, { ttlSeconds: 60 }), 409, 'RESERVATION_EXPIRED');
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 0 });
    const cancelled = await post(`/${id}/cancel`);
    expect([cancelled.status, cancelled.json]).toMatchObject([200, { status: 'EXPIRED' }]);
  });

  it('is prolonged, never shortened', async () => {
    const { reservationId: id } = await hold();
    const longer = await post(`/${id}/extend`, { ttlSeconds: 7_200 });
    const until = Date.parse(heldBy(longer).expiresAt);
    expect(until - Date.now()).toBeGreaterThan(7_100_000);
    const shorter = await post(`/${id}/extend`, { ttlSeconds: 1 });
    expect(shorter.json).toEqual(longer.json);
  });

  it.each(['commit', 'cancel', 'extend'])('is not there to %s', async (verb) => {
    const body = verb === 'extend' ? { ttlSeconds: 60 } : undefined;
    expectProblem(await post(`/${randomUUID()}/${verb}`, body), 404, 'RESERVATION_NOT_FOUND');
    expectProblem(await post(`/order/${randomUUID()}/${verb}`, body), 404, 'RESERVATION_NOT_FOUND');
  });
});

describe('what becomes of an order', () => {
  async function heldOrder() {
    const [one, two] = [await insertItem(world), await insertItem(world)];
    const answer = await reserve([
      { productId: one.productId, quantity: 1 },
      { productId: two.productId, quantity: 2 },
    ]);
    return { one, two, ...heldBy(answer) };
  }

  it('is sold whole', async () => {
    const { orderId, one, two, reservations } = await heldOrder();
    const sold = await post(`/order/${orderId}/commit`);
    expect(sold.json).toMatchObject({
      orderId,
      status: 'COMMITTED',
      reservations: reservations.map((line) => ({ ...line, status: 'COMMITTED' })),
    });
    expect((await post(`/order/${orderId}/commit`)).json).toEqual(sold.json);
    expect(await stockOf(one.inventoryId)).toEqual({ onHand: 9, reserved: 0 });
    expect(await stockOf(two.inventoryId)).toEqual({ onHand: 8, reserved: 0 });
  });

  it('is cancelled whole', async () => {
    const { orderId, two } = await heldOrder();
    const cancelled = await post(`/order/${orderId}/cancel`, { reason: 'payment failed' });
    expect(cancelled.json).toMatchObject({ orderId, status: 'CANCELLED' });
    expect((await post(`/order/${orderId}/cancel`)).json).toEqual(cancelled.json);
    expect(await stockOf(two.inventoryId)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('is prolonged whole', async () => {
    const { orderId, expiresAt } = await heldOrder();
    const longer = await post(`/order/${orderId}/extend`, { ttlSeconds: 7_200 });
    expect(Date.parse(heldBy(longer).expiresAt)).toBeGreaterThan(Date.parse(expiresAt));
    expect(heldBy(longer).reservations).toHaveLength(2);
  });
});

describe('the proof', () => {
  it('holds after all of this', () => expectProof(world));
});
