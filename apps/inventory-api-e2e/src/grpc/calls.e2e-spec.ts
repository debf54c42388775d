import { randomUUID } from 'node:crypto';
import { ReservationStatus } from '../generated/inventory/v1/inventory';
import { as, connectGrpc, refusalOf, type GrpcConnection } from '../world/connect-grpc';
import { createShop } from '../world/create-shop';
import { expectProof } from '../world/expect-proof';
import { insertItem } from '../world/insert-item';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
let grpc: GrpcConnection;
const { stockOf, makeOverdue } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
  grpc = connectGrpc(world.grpcPort);
});

afterAll(async () => {
  grpc.close();
  await world.close();
});

afterEach(() => expectProof(world));

const operator = as('operator');
const product = (productId: string) => ({
  item: { $case: 'productId' as const, value: productId },
});
const lineOf = (productId: string, quantity: number) => ({ item: product(productId), quantity });

async function reserve(productId: string, quantity: number, orderId = randomUUID()) {
  const order = { orderId, lines: [lineOf(productId, quantity)] };
  return grpc.inventory.reserveStock(order, operator);
}

describe('inventory.v1.InventoryService', () => {
  it('GetInventory answers an item by every name it has', async () => {
    const [variantId, warehouseId, sku] = [randomUUID(), randomUUID(), `sku-${randomUUID()}`];
    const { inventoryId, productId } = await insertItem(world, { variantId, warehouseId, sku });
    const names = [
      { item: { $case: 'inventoryId' as const, value: inventoryId } },
      { ...product(productId), variantId, warehouseId },
      { item: { $case: 'sku' as const, value: sku } },
    ];
    for (const item of names) {
      expect(await grpc.inventory.getInventory({ item }, as('viewer'))).toEqual({
        inventoryId,
        productId,
        variantId,
        warehouseId,
        sku,
        quantityAvailable: 10,
        quantityReserved: 0,
        quantityTotal: 10,
        reorderPoint: 10,
        reorderQuantity: 50,
        createdAt: expect.any(Date),
        updatedAt: expect.any(Date),
      });
    }
  });

  it('CheckAvailability answers for all lines and for each', async () => {
    const [many, few] = [await insertItem(world), await insertItem(world, { onHand: 1 })];
    const lines = [lineOf(many.productId, 10), lineOf(few.productId, 2)];
    expect(await grpc.inventory.checkAvailability({ lines }, as('viewer'))).toEqual({
      available: false,
      lines: [
        { available: true, quantityAvailable: 10 },
        { available: false, quantityAvailable: 1 },
      ],
    });
    const answer = await grpc.inventory.checkAvailability({ lines: lines.slice(0, 1) }, operator);
    expect(answer.available).toBe(true);
  });

  it('ReserveStock holds all lines, and holds them once', async () => {
    const [one, two] = [await insertItem(world), await insertItem(world)];
    const [orderId, userId] = [randomUUID(), randomUUID()];
    const lines = [lineOf(one.productId, 3), lineOf(two.productId, 4)];
    const order = { orderId, userId, ttlSeconds: 60, lines };
    const held = await grpc.inventory.reserveStock(order, operator);
    expect(held).toMatchObject({ orderId, status: ReservationStatus.PENDING });
    expect(held.reservations).toHaveLength(2);
    expect(held.reservations).toEqual(
      expect.arrayContaining(
        [one, two].map(({ inventoryId }, index) => ({
          reservationId: expect.any(String),
          inventoryId,
          warehouseId: undefined,
          quantity: 3 + index,
          status: ReservationStatus.PENDING,
        })),
      ),
    );
    const secondsLeft = ((held.expiresAt?.getTime() ?? 0) - Date.now()) / 1_000;
    expect(secondsLeft).toBeGreaterThan(30);
    expect(secondsLeft).toBeLessThanOrEqual(61);
    expect(await grpc.inventory.reserveStock(order, operator)).toEqual(held);
    expect(await stockOf(one.inventoryId)).toEqual({ onHand: 10, reserved: 3 });
  });

  it('ReserveStock names every short line and holds nothing', async () => {
    const [enough, short] = [await insertItem(world), await insertItem(world, { onHand: 1 })];
    const lines = [lineOf(enough.productId, 1), lineOf(short.productId, 5)];
    const order = { orderId: randomUUID(), lines };
    expect(await refusalOf((options) => grpc.inventory.reserveStock(order, options))).toMatchObject(
      {
        code: 'FAILED_PRECONDITION',
        reason: 'INSUFFICIENT_STOCK',
        shortages: [
          `INSUFFICIENT_STOCK inventory_id:${short.inventoryId} requested 5, available 1`,
        ],
      },
    );
    expect(await stockOf(enough.inventoryId)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('CommitReservation sells, once, and not what has expired', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const [{ reservationId = '' } = {}] = (await reserve(productId, 4)).reservations;
    expect(await grpc.inventory.commitReservation({ reservationId }, operator)).toEqual({});
    expect(await grpc.inventory.commitReservation({ reservationId }, operator)).toEqual({});
    expect(await stockOf(inventoryId)).toEqual({ onHand: 6, reserved: 0 });
    const late = await reserve(productId, 1);
    await makeOverdue(late.orderId);
    const request = { reservationId: late.reservations[0]?.reservationId ?? '' };
    expect(
      await refusalOf((options) => grpc.inventory.commitReservation(request, options)),
    ).toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'RESERVATION_EXPIRED' });
  });

  it('CommitReservation sells a part and releases the rest', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const [{ reservationId = '' } = {}] = (await reserve(productId, 4)).reservations;
    const tooMany = { reservationId, quantity: 5 };
    expect(
      await refusalOf((options) => grpc.inventory.commitReservation(tooMany, options)),
    ).toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'EXCEEDS_RESERVED' });
    await grpc.inventory.commitReservation({ reservationId, quantity: 1 }, operator);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 9, reserved: 0 });
  });

  it('CancelReservation gives back, once', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const [{ reservationId = '' } = {}] = (await reserve(productId, 4)).reservations;
    const request = { reservationId, reason: 'PAYMENT_FAILED' };
    expect(await grpc.inventory.cancelReservation(request, operator)).toEqual({});
    expect(await grpc.inventory.cancelReservation(request, operator)).toEqual({});
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 0 });
    const unknown = { reservationId: randomUUID() };
    expect(
      await refusalOf((options) => grpc.inventory.cancelReservation(unknown, options)),
    ).toMatchObject({ code: 'NOT_FOUND', reason: 'RESERVATION_NOT_FOUND' });
  });

  it('UpdateStock sets and changes the quantity on hand', async () => {
    const { productId } = await insertItem(world);
    const item = product(productId);
    const set = {
      item,
      change: { $case: 'newQuantity' as const, value: 25 },
      expectedQuantity: 10,
    };
    expect(await grpc.inventory.updateStock(set, operator)).toMatchObject({
      quantityTotal: 25,
      quantityAvailable: 25,
    });
    expect(await refusalOf((options) => grpc.inventory.updateStock(set, options))).toMatchObject({
      code: 'ABORTED',
      reason: 'STALE',
    });
    const taken = { item, change: { $case: 'quantityChange' as const, value: -5 } };
    const details = { reason: 'damage', reference: 'PO-1' };
    expect(await grpc.inventory.updateStock({ ...taken, ...details }, operator)).toMatchObject({
      quantityTotal: 20,
    });
    const noted = { ...taken, reason: 'the forklift' };
    await grpc.inventory.updateStock(noted, operator);
    const movements = await world.query(
      `SELECT m.type::text, m.quantity, m.reference, m.note, m.performed_by FROM stock_movements m
       JOIN stock_items i ON i.id = m.item_id WHERE i.product_id = $1 ORDER BY m.id DESC LIMIT 2`,
      [productId],
    );
    expect(movements).toMatchObject([
      { type: 'ADJUSTMENT', quantity: -5, note: 'the forklift', performed_by: 'grpc-operator' },
      { type: 'DAMAGE', quantity: -5, reference: 'PO-1' },
    ]);
  });

  it('UpdateStock takes nothing that is promised or not there', async () => {
    const { productId } = await insertItem(world);
    await reserve(productId, 8);
    const below = { item: product(productId), change: { $case: 'newQuantity' as const, value: 7 } };
    expect(await refusalOf((options) => grpc.inventory.updateStock(below, options))).toMatchObject({
      code: 'FAILED_PRECONDITION',
      reason: 'BELOW_RESERVED',
    });
  });
});

describe('inventory.stock.v1.StockService', () => {
  it('CheckStock answers with why not', async () => {
    const { productId } = await insertItem(world);
    const check = (quantity: number) => grpc.stock.checkStock({ productId, quantity }, operator);
    expect(await check(10)).toEqual({ available: true, message: '' });
    expect(await check(11)).toEqual({ available: false, message: 'Only 10 are available.' });
    const unknown = { productId: randomUUID(), quantity: 1 };
    expect(await grpc.stock.checkStock(unknown, operator)).toEqual({
      available: false,
      message: 'There is no stock entry for it.',
    });
  });

  it('reserves an order line by line, and releases it', async () => {
    const [one, two] = [await insertItem(world), await insertItem(world)];
    const orderId = randomUUID();
    const first = { productId: one.productId, quantity: 3, orderId };
    const second = { productId: two.productId, quantity: 4, orderId };
    const done = { success: true, message: '' };
    expect(await grpc.stock.reserveStock(first, operator)).toEqual(done);
    expect(await grpc.stock.reserveStock(second, operator)).toEqual(done);
    expect(await grpc.stock.reserveStock(first, operator)).toEqual(done);
    expect(await stockOf(one.inventoryId)).toEqual({ onHand: 10, reserved: 3 });
    expect(await stockOf(two.inventoryId)).toEqual({ onHand: 10, reserved: 4 });
    expect(await grpc.stock.releaseStock({ ...first, quantity: 1 }, operator)).toEqual(done);
    expect(await stockOf(one.inventoryId)).toEqual({ onHand: 10, reserved: 2 });
    const refused = { success: false, message: expect.stringMatching(/\w/) };
    expect(await grpc.stock.releaseStock({ ...first, quantity: 3 }, operator)).toEqual(refused);
    expect(await grpc.stock.releaseStock({ ...first, quantity: 2 }, operator)).toEqual(done);
    expect(await stockOf(one.inventoryId)).toEqual({ onHand: 10, reserved: 0 });
    expect(await stockOf(two.inventoryId)).toEqual({ onHand: 10, reserved: 4 });
  });

  it('answers what the stock refuses with success: false', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const orderId = randomUUID();
    const refused = { success: false, message: expect.stringMatching(/\w/) };
    const tooMany = { productId, quantity: 11, orderId };
    expect(await grpc.stock.reserveStock(tooMany, operator)).toEqual(refused);
    const unknown = { productId: randomUUID(), quantity: 1, orderId };
    expect(await grpc.stock.reserveStock(unknown, operator)).toEqual(refused);
    expect(await grpc.stock.releaseStock(unknown, operator)).toEqual(refused);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 10, reserved: 0 });
  });
});
