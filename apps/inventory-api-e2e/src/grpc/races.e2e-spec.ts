import { randomUUID } from 'node:crypto';
import type { CallOptions } from 'nice-grpc';
import { as, connectGrpc, refusalOf, type GrpcConnection } from '../world/connect-grpc';
import { createShop } from '../world/create-shop';
import { expectProof } from '../world/expect-proof';
import { insertItem } from '../world/insert-item';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';
import { waitForLockWaiters, whileLocked } from '../world/while-locked';

const RACERS = 200;

let world: InventoryWorld;
let connections: GrpcConnection[];
const { stockOf } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
  connections = Array.from({ length: 4 }, () => connectGrpc(world.grpcPort));
});

afterAll(async () => {
  for (const connection of connections) connection.close();
  await world.close();
});

afterEach(() => expectProof(world));

function inventoryOf(index: number): GrpcConnection['inventory'] {
  return (connections[index % connections.length] as GrpcConnection).inventory;
}

function orderOf(productId: string, quantity = 1, orderId = randomUUID()) {
  const item = { item: { $case: 'productId' as const, value: productId } };
  return { orderId, lines: [{ item, quantity }] };
}

describe('200 racers', () => {
  it('for the last unit: one gets it', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 1 });
    const outcomes = await Promise.all(
      Array.from({ length: RACERS }, (_, index) =>
        inventoryOf(index)
          .reserveStock(orderOf(productId), as('operator'))
          .then(
            () => 'reserved',
            (error: { code?: unknown }) => error.code,
          ),
      ),
    );
    const FAILED_PRECONDITION = 9;
    expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === FAILED_PRECONDITION)).toHaveLength(RACERS - 1);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 1, reserved: 1 });
  });

  it('with two lines in opposite order: none waits for the other', async () => {
    const [one, two] = [
      await insertItem(world, { onHand: 1_000 }),
      await insertItem(world, { onHand: 1_000 }),
    ];
    const lines = [...orderOf(one.productId).lines, ...orderOf(two.productId).lines];
    await Promise.all(
      Array.from({ length: RACERS }, (_, index) =>
        inventoryOf(index).reserveStock(
          { orderId: randomUUID(), lines: index % 2 === 0 ? lines : lines.toReversed() },
          as('operator'),
        ),
      ),
    );
    expect(await stockOf(one.inventoryId)).toEqual({ onHand: 1_000, reserved: RACERS });
    expect(await stockOf(two.inventoryId)).toEqual({ onHand: 1_000, reserved: RACERS });
  });
});

describe('an idempotency key', () => {
  const withKey = (key: string) => as('operator', { 'idempotency-key': key });

  it('repeats an answer, and has one effect', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const [order, key] = [orderOf(productId, 3), randomUUID()];
    const first = await inventoryOf(0).reserveStock(order, withKey(key));
    const reservationId = first.reservations[0]?.reservationId ?? '';
    await inventoryOf(0).cancelReservation({ reservationId }, as('operator'));
    expect(await inventoryOf(1).reserveStock(order, withKey(key))).toEqual(first);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('repeats a refusal, though it could be granted now', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 1 });
    const [order, key] = [orderOf(productId, 2), randomUUID()];
    const call = (options: CallOptions) => inventoryOf(0).reserveStock(order, options);
    const first = await refusalOf(call, withKey(key));
    expect(first).toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'INSUFFICIENT_STOCK' });
    const item = { item: { $case: 'inventoryId' as const, value: inventoryId } };
    const change = { $case: 'newQuantity' as const, value: 10 };
    await inventoryOf(0).updateStock({ item, change }, as('operator'));
    expect(await refusalOf(call, withKey(key))).toEqual(first);
  });

  it('is refused for another request', async () => {
    const { productId } = await insertItem(world);
    const key = randomUUID();
    await inventoryOf(0).reserveStock(orderOf(productId), withKey(key));
    const other = (options: CallOptions) =>
      inventoryOf(0).reserveStock(orderOf(productId), options);
    expect(await refusalOf(other, withKey(key))).toMatchObject({
      code: 'FAILED_PRECONDITION',
      reason: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('is refused while the first request is under way', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const [order, key] = [orderOf(productId), randomUUID()];
    const call = (options: CallOptions) => inventoryOf(0).reserveStock(order, options);
    let first: Promise<unknown> = Promise.resolve();
    await whileLocked(world, inventoryId, async () => {
      first = call(withKey(key));
      await waitForLockWaiters(world, 1);
      expect(await refusalOf(call, withKey(key))).toMatchObject({
        code: 'ABORTED',
        reason: 'IDEMPOTENCY_KEY_IN_PROGRESS',
      });
    });
    const answer = await first;
    expect(await call(withKey(key))).toEqual(answer);
  });
});
