import { randomUUID } from 'node:crypto';
import type { RunningApp } from '@inventory-events/testing';
import { createShop } from '../world/create-shop';
import { expectProblem } from '../world/expect-problem';
import { expectProof } from '../world/expect-proof';
import { insertItem } from '../world/insert-item';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
let replica: RunningApp;
const { post, reserve, hold, makeOverdue, stockOf } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
  replica = await world.startReplica();
});

afterAll(async () => {
  await expectProof(world);
  await world.close();
});

/** Of one of two processes, in turn. */
function reserveAnywhere(index: number, items: readonly object[]) {
  if (index % 2 === 0) return reserve(items);
  const body = { orderId: randomUUID(), items };
  return world.callReplica(replica, '/api/v1/reservations', { body });
}

describe('buyers at the same time', () => {
  it('get the last unit once: one of two hundred', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 1 });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        reserveAnywhere(index, [{ productId, quantity: 1 }]),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status !== 201) expectProblem(answer, 409, 'INSUFFICIENT_STOCK');
    }
    expect(await stockOf(inventoryId)).toEqual({ onHand: 1, reserved: 1 });
  });

  it('get exactly what there is, in parts of different size', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 100 });
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        reserveAnywhere(index, [{ productId, quantity: 1 + (index % 3) }]),
      ),
    );
    const sold = answers.reduce(
      (sum, { status }, index) => sum + (status === 201 ? 1 + (index % 3) : 0),
      0,
    );
    expect(sold).toBeLessThanOrEqual(100);
    expect(sold).toBeGreaterThanOrEqual(98);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 100, reserved: sold });
  });

  it('wait for each other in one direction, whatever the order of their lines', async () => {
    const items = await Promise.all(
      Array.from({ length: 6 }, () => insertItem(world, { onHand: 1_000 })),
    );
    const lines = items.map(({ productId }) => ({ productId, quantity: 1 }));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        reserveAnywhere(index, index % 4 < 2 ? lines : [...lines].reverse()),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(201));
    for (const { inventoryId } of items) {
      expect(await stockOf(inventoryId)).toEqual({ onHand: 1_000, reserved: 200 });
    }
    const [deadlocks] = await world.query(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(deadlocks).toEqual({ deadlocks: 0 });
  });

  it('end an order one way: it is sold, or it is cancelled', async () => {
    const orders = await Promise.all(Array.from({ length: 20 }, () => hold()));
    const ends = await Promise.all(
      orders.map(({ orderId }) =>
        Promise.all([post(`/order/${orderId}/commit`), post(`/order/${orderId}/cancel`)]),
      ),
    );
    for (const [index, [sold, cancelled]] of ends.entries()) {
      expect([sold.status, cancelled.status].sort()).toEqual([200, 409]);
      const { inventoryId } = orders[index] as { inventoryId: string };
      const onHand = sold.status === 200 ? 6 : 10;
      expect(await stockOf(inventoryId)).toEqual({ onHand, reserved: 0 });
    }
  });

  it('get overdue units once, while their holder tries to buy them after all', async () => {
    const late = await hold({ onHand: 4, quantity: 4 });
    await makeOverdue(late.orderId);
    const [commit, ...others] = await Promise.all([
      post(`/order/${late.orderId}/commit`),
      ...Array.from({ length: 20 }, (_, index) =>
        reserveAnywhere(index, [{ productId: late.productId, quantity: 1 }]),
      ),
    ]);
    expectProblem(commit, 409, 'RESERVATION_EXPIRED');
    expect(others.filter(({ status }) => status === 201)).toHaveLength(4);
    expect(await stockOf(late.inventoryId)).toEqual({ onHand: 4, reserved: 4 });
  });
});
