import { randomUUID } from 'node:crypto';
import type { Answer } from '../world/call';
import { createShop, heldBy } from '../world/create-shop';
import { essenceOf } from '../world/essence-of';
import { expectProblem } from '../world/expect-problem';
import { expectProof } from '../world/expect-proof';
import { insertItem } from '../world/insert-item';
import { waitForLockWaiters, whileLocked } from '../world/while-locked';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
const { post, reserve, hold, stockOf } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
});

afterAll(() => world.close());

const newKey = () => ({ 'idempotency-key': randomUUID() });

async function addStock(inventoryId: string, quantity: number): Promise<void> {
  await world.query('UPDATE stock_items SET on_hand = on_hand + $2 WHERE id = $1', [
    inventoryId,
    quantity,
  ]);
  await world.query(
    `UPDATE stock_movements SET quantity = quantity + $2 WHERE item_id = $1 AND type = 'INBOUND'`,
    [inventoryId, quantity],
  );
}

describe('a repeated request', () => {
  it('has one effect and the first answer, whatever happened since', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const [orderId, key] = [randomUUID(), newKey()];
    const items = [{ productId, quantity: 3 }];
    const first = await reserve(items, { orderId }, key);
    expect(first.status).toBe(201);
    await post(`/order/${orderId}/cancel`);
    const again = await reserve(items, { orderId }, key);
    expect(essenceOf(again)).toEqual(essenceOf(first));
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('keeps the answer to a repetition by order, too', async () => {
    const { productId } = await insertItem(world);
    const [orderId, key] = [randomUUID(), newKey()];
    const items = [{ productId, quantity: 3 }];
    await reserve(items, { orderId });
    const second = await reserve(items, { orderId }, key);
    expect(second.status).toBe(200);
    await post(`/order/${orderId}/cancel`);
    expect(essenceOf(await reserve(items, { orderId }, key))).toEqual(essenceOf(second));
  });

  it('is refused again, even if it could be granted now', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 1 });
    const [orderId, key] = [randomUUID(), newKey()];
    const first = await reserve([{ productId, quantity: 2 }], { orderId }, key);
    expectProblem(first, 409, 'INSUFFICIENT_STOCK');
    await addStock(inventoryId, 10);
    const again = await reserve([{ productId, quantity: 2 }], { orderId }, key);
    expect(essenceOf(again)).toEqual(essenceOf(first));
    expect((await reserve([{ productId, quantity: 2 }], { orderId })).status).toBe(201);
  });

  it('is refused again for a product, a SKU and an id that was not there', async () => {
    const [productId, sku] = [randomUUID(), `sku-${randomUUID()}`];
    const orderId = randomUUID();
    for (const name of [{ productId }, { sku }, { inventoryId: randomUUID() }]) {
      const key = newKey();
      const first = await reserve([{ ...name, quantity: 1 }], { orderId }, key);
      expectProblem(first, 404, 'PRODUCT_NOT_FOUND');
      if ('productId' in name) await insertItem(world, { productId });
      if ('sku' in name) await insertItem(world, { sku });
      const again = await reserve([{ ...name, quantity: 1 }], { orderId }, key);
      expect(essenceOf(again)).toEqual(essenceOf(first));
    }
  });

  it('is answered as it was before its name came to mean several', async () => {
    const [sku, orderId] = [`sku-${randomUUID()}`, randomUUID()];
    const names = { sku, warehouseId: randomUUID() };
    await insertItem(world, names);
    const key = newKey();
    const first = await reserve([{ sku, quantity: 1 }], { orderId }, key);
    expect(first.status).toBe(201);
    await insertItem(world, { sku, warehouseId: randomUUID() });
    // Another process doesn't remember what the SKU meant.
    const replica = await world.startReplica();
    const repeat = (headers: Record<string, string>) =>
      world.callReplica(replica, '/api/v1/reservations', {
        body: { orderId, items: [{ sku, quantity: 1 }] },
        headers,
      });
    expect(essenceOf(await repeat(key))).toEqual(essenceOf(first));
    const other = newKey();
    const refused = await repeat(other);
    expectProblem(refused, 400, 'INVALID_REQUEST');
    expect(essenceOf(await repeat(other))).toEqual(essenceOf(refused));
    await replica.stop();
  });

  it('of a commit, a cancellation and an extension has one effect', async () => {
    const part = await hold({ onHand: 10, quantity: 4 });
    const key = newKey();
    const cancel = () => post(`/${part.reservationId}/cancel`, { quantity: 1 }, { headers: key });
    const first = await cancel();
    expect(first.json).toMatchObject({ quantity: 3 });
    expect(essenceOf(await cancel())).toEqual(essenceOf(first));
    expect(await stockOf(part.inventoryId)).toEqual({ onHand: 10, reserved: 3 });

    const commitKey = newKey();
    const commit = () => post(`/${part.reservationId}/commit`, {}, { headers: commitKey });
    const committed = await commit();
    expect(essenceOf(await commit())).toEqual(essenceOf(committed));
    expect(await stockOf(part.inventoryId)).toEqual({ onHand: 7, reserved: 0 });

    const unknown = randomUUID();
    const extendKey = newKey();
    const extend = () => post(`/${unknown}/extend`, { ttlSeconds: 9 }, { headers: extendKey });
    expect(essenceOf(await extend())).toEqual(essenceOf(await extend()));
  });
});

describe('an idempotency key', () => {
  it('is of one request alone: 422 for another', async () => {
    const { productId } = await insertItem(world);
    const [orderId, key] = [randomUUID(), newKey()];
    await reserve([{ productId, quantity: 1 }], { orderId }, key);
    const other = await reserve([{ productId, quantity: 2 }], { orderId }, key);
    expectProblem(other, 422, 'IDEMPOTENCY_KEY_REUSED');
  });

  it('is of one subject and one operation', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const key = newKey();
    const body = (orderId: string) => ({ orderId, items: [{ productId, quantity: 1 }] });
    const [one, two] = [randomUUID(), randomUUID()];
    const first = await post('', body(one), { headers: key, subject: 'one' });
    const second = await post('', body(two), { headers: key, subject: 'two' });
    expect([first.status, second.status]).toEqual([201, 201]);
    const commit = await post(`/order/${one}/commit`, {}, { headers: key, subject: 'one' });
    expect(commit.status).toBe(200);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 9, reserved: 1 });
  });

  it('is refused with 409 while the first request with it is under way', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const [orderId, key] = [randomUUID(), newKey()];
    const send = (quantity: number) => reserve([{ productId, quantity }], { orderId }, key);
    let first: Promise<Answer> | undefined;
    await whileLocked(world, inventoryId, async () => {
      first = send(1);
      await waitForLockWaiters(world, 1);
      expectProblem(await send(1), 409, 'IDEMPOTENCY_KEY_IN_PROGRESS');
      expectProblem(await send(2), 422, 'IDEMPOTENCY_KEY_REUSED');
    });
    const answer = (await first) as Answer;
    expect(answer.status).toBe(201);
    expect(essenceOf(await send(1))).toEqual(essenceOf(answer));
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 1 });
  });

  it('has one effect where two processes get it at once', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const replica = await world.startReplica();
    const [orderId, key] = [randomUUID(), newKey()];
    const body = { orderId, items: [{ productId, quantity: 2 }] };
    let answers: Promise<Answer[]> | undefined;
    await whileLocked(world, inventoryId, async () => {
      answers = Promise.all([
        post('', body, { headers: key }),
        world.callReplica(replica, '/api/v1/reservations', { body, headers: key }),
      ]);
      await waitForLockWaiters(world, 2);
    });
    const [one, two] = (await answers) as [Answer, Answer];
    expect(one.status).toBe(201);
    expect(essenceOf(two)).toEqual(essenceOf(one));
    expect(heldBy(one).reservations).toHaveLength(1);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 2 });
    await replica.stop();
  });

  it.each(['', ' ', 'two words', 'schlüssel', 'x'.repeat(256)])('can not be "%s"', async (key) => {
    const { productId } = await insertItem(world);
    const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') };
    const answer = await reserve([{ productId, quantity: 1 }], {}, headers);
    expect(expectProblem(answer, 400, 'INVALID_REQUEST').errors).toEqual([
      { field: 'headers.idempotency-key', message: expect.any(String) },
    ]);
  });
});

describe('the proof', () => {
  it('holds after all of this', () => expectProof(world));
});
