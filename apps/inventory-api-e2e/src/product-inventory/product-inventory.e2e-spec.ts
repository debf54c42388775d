import { randomUUID } from 'node:crypto';
import { waitUntil } from '@inventory-events/testing';
import type { CallOptions } from '../world/call';
import { createShop } from '../world/create-shop';
import { expectProblem } from '../world/expect-problem';
import { expectProof } from '../world/expect-proof';
import { insertItem } from '../world/insert-item';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
const { post, makeOverdue, stockOf } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
});

afterAll(async () => {
  await expectProof(world);
  await world.close();
});

const update = (body: object, options: CallOptions = {}) =>
  world.call('/inventory/update', { method: 'PUT', body, ...options });
const read = (productId: string, options: CallOptions = {}) =>
  world.call(`/inventory/${productId}`, { role: 'viewer', ...options });
const reserve = (body: object, options: CallOptions = {}) =>
  world.call('/inventory/reserve', { body, ...options });

describe('PUT /inventory/update', () => {
  it('sets the quantity on hand and says so', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 10 });
    const answer = await update({ product_id: productId, quantity: 25 });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      message: 'Inventory updated.',
      product_id: productId,
      quantity: 25,
      reserved: 0,
      available: 25,
    });
    expect(await stockOf(inventoryId)).toEqual({ onHand: 25, reserved: 0 });
  });

  it('changes it by what an order placed or cancelled, and notes the order', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 10 });
    const change = { product_id: productId, quantity: 3, order_id: randomUUID() };
    expect((await update({ ...change, operation: 'subtract' })).json).toMatchObject({
      quantity: 7,
    });
    expect((await update({ ...change, operation: 'add' })).json).toMatchObject({ quantity: 10 });
    const movements = await world.query(
      `SELECT quantity, reference FROM stock_movements
       WHERE item_id = $1 AND type = 'ADJUSTMENT' ORDER BY id`,
      [inventoryId],
    );
    expect(movements).toEqual([
      { quantity: -3, reference: change.order_id },
      { quantity: 3, reference: change.order_id },
    ]);
  });

  it('loses no update to another: a hundred at once add up', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 0 });
    const change = { product_id: productId, quantity: 1, operation: 'add' };
    const answers = await Promise.all(Array.from({ length: 100 }, () => update(change)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 100, reserved: 0 });
  });

  it('has one effect under one idempotency key', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 5 });
    const headers = { 'idempotency-key': randomUUID() };
    const change = { product_id: productId, quantity: 1, operation: 'add' };
    const first = await update(change, { headers });
    expect((await update(change, { headers })).json).toEqual(first.json);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 6, reserved: 0 });
    expectProblem(
      await update({ ...change, quantity: 2 }, { headers }),
      422,
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('refuses to take what is not there or is held', async () => {
    const { productId } = await insertItem(world, { onHand: 5 });
    const product_id = productId;
    const taking = { product_id, quantity: 6, operation: 'subtract' };
    expectProblem(await update(taking), 409, 'INSUFFICIENT_STOCK');
    await reserve({ product_id, quantity: 4, order_id: randomUUID() });
    expectProblem(await update({ product_id, quantity: 3 }), 409, 'BELOW_RESERVED');
  });

  it('needs one stock entry: a product in two warehouses needs the warehouse', async () => {
    const [product_id, warehouse_id] = [randomUUID(), randomUUID()];
    const names = { productId: product_id };
    const one = await insertItem(world, { ...names, warehouseId: warehouse_id });
    await insertItem(world, { ...names, warehouseId: randomUUID() });
    expectProblem(await update({ product_id, quantity: 1 }), 400, 'INVALID_REQUEST');
    expect((await update({ product_id, warehouse_id, quantity: 1 })).status).toBe(200);
    expect(await stockOf(one.inventoryId)).toEqual({ onHand: 1, reserved: 0 });
    expect((await read(product_id)).json).toMatchObject({ quantity: 11 });
  });

  it.each([
    ['no product', { product_id: undefined }],
    ['a product that is no id', { product_id: "1'; DROP TABLE stock_items; --" }],
    ['no quantity', { quantity: undefined }],
    ['a negative quantity', { quantity: -1 }],
    ['half a unit', { quantity: 0.5 }],
    ['a quantity as text', { quantity: '1' }],
    ['a quantity that is too large', { quantity: 2_147_483_648 }],
    ['adding nothing', { quantity: 0, operation: 'add' }],
    ['an unknown operation', { operation: 'multiply' }],
    ['an unknown member', { productId: randomUUID() }],
  ])('refuses %s', async (_name, part) => {
    const answer = await update({ product_id: randomUUID(), quantity: 1, ...part });
    expectProblem(answer, 400, 'INVALID_REQUEST');
  });

  it('knows no product that has no stock entry', async () => {
    const answer = await update({ product_id: randomUUID(), quantity: 1 });
    expectProblem(answer, 404, 'PRODUCT_NOT_FOUND');
  });
});

describe('GET /inventory/{product_id}', () => {
  it('answers the current stock, held units apart', async () => {
    const { productId } = await insertItem(world, { onHand: 10 });
    await reserve({ product_id: productId, quantity: 4, order_id: randomUUID() });
    const answer = await read(productId);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      product_id: productId,
      quantity: 10,
      reserved: 4,
      available: 6,
    });
    await update({ product_id: productId, quantity: 12 });
    expect((await read(productId)).json).toMatchObject({ quantity: 12, available: 8 });
  });

  it('knows no product that has no stock entry, and no id that is none', async () => {
    expectProblem(await read(randomUUID()), 404, 'PRODUCT_NOT_FOUND');
    expectProblem(await read('x'), 400, 'INVALID_REQUEST');
  });
});

describe('POST /inventory/reserve', () => {
  it('holds units for an order, and says so', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const order_id = randomUUID();
    const body = { product_id: productId, quantity: 4, order_id, user_id: randomUUID() };
    const answer = await reserve({ ...body, ttl_seconds: 60 });
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      message: 'Inventory reserved.',
      order_id,
      product_id: productId,
      reservation_id: expect.any(String),
      quantity: 4,
      status: 'PENDING',
      expires_at: expect.any(String),
    });
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 4 });
    const again = await reserve({ ...body, ttl_seconds: 60 });
    expect([again.status, again.json]).toEqual([200, answer.json]);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 4 });
  });

  it('reserves the products of an order one by one', async () => {
    const [one, two] = [await insertItem(world), await insertItem(world)];
    const order_id = randomUUID();
    await reserve({ product_id: one.productId, quantity: 1, order_id });
    await reserve({ product_id: two.productId, quantity: 2, order_id });
    await reserve({ product_id: one.productId, quantity: 3, order_id });
    expect(await stockOf(one.inventoryId)).toEqual({ onHand: 10, reserved: 3 });
    expect(await stockOf(two.inventoryId)).toEqual({ onHand: 10, reserved: 2 });
    const sold = await post(`/order/${order_id}/commit`);
    expect(sold.json).toMatchObject({ status: 'COMMITTED' });
    expect(await stockOf(one.inventoryId)).toEqual({ onHand: 7, reserved: 0 });
  });

  it('releases what is not bought in time', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const order_id = randomUUID();
    await reserve({ product_id: productId, quantity: 4, order_id });
    await makeOverdue(order_id);
    const everything = { product_id: productId, quantity: 10, order_id: randomUUID() };
    await waitUntil(async () => (await reserve(everything)).status === 201);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 10 });
  });

  it('refuses more than there is, and what there is not', async () => {
    const { productId } = await insertItem(world, { onHand: 3 });
    const order = { order_id: randomUUID(), quantity: 4 };
    const short = await reserve({ product_id: productId, ...order });
    expect(expectProblem(short, 409, 'INSUFFICIENT_STOCK').shortages).toMatchObject([
      { productId, requested: 4, available: 3 },
    ]);
    expectProblem(await reserve({ product_id: randomUUID(), ...order }), 404, 'PRODUCT_NOT_FOUND');
  });

  it.each([
    ['no order', { order_id: undefined }],
    ['an order that is no id', { order_id: 'x' }],
    ['a quantity of 0', { quantity: 0 }],
    ['a time that is too long', { ttl_seconds: 86_401 }],
    ['an unknown member', { orderId: randomUUID() }],
  ])('refuses %s', async (_name, part) => {
    const body = { product_id: randomUUID(), quantity: 1, order_id: randomUUID(), ...part };
    expectProblem(await reserve(body), 400, 'INVALID_REQUEST');
  });
});

describe('who may', () => {
  it('a viewer looks, an operator moves, others do nothing', async () => {
    const { productId } = await insertItem(world);
    const change = { product_id: productId, quantity: 1 };
    const order = { ...change, order_id: randomUUID() };
    expectProblem(await update(change, { role: 'viewer' }), 403, 'FORBIDDEN');
    expectProblem(await reserve(order, { role: 'viewer' }), 403, 'FORBIDDEN');
    expectProblem(await update(change, { role: null }), 401, 'UNAUTHENTICATED');
    expectProblem(await reserve(order, { role: null }), 401, 'UNAUTHENTICATED');
    expectProblem(await read(productId, { role: null }), 401, 'UNAUTHENTICATED');
    expect((await read(productId)).status).toBe(200);
  });

  it('other methods are told which there are', async () => {
    const answer = await world.call('/inventory/update');
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers.allow).toBe('PUT');
  });
});

describe('a caller who asks too often', () => {
  it('is told to wait', async () => {
    const limited = await world.startReplica({
      RATE_LIMIT_PER_MINUTE: '5',
      REDIS_KEY_PREFIX: `${world.redisPrefix}limited:`,
    });
    const path = `/inventory/${randomUUID()}`;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        world.callReplica(limited, path, { role: 'viewer', subject: 'hasty' }),
      ),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    expectProblem(refused[0] as (typeof answers)[number], 429, 'RATE_LIMITED');
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    await limited.stop();
  });
});
