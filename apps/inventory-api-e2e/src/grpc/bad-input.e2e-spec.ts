import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { CallOptions } from 'nice-grpc';
import { ReserveStockRequest } from '../generated/inventory/stock/v1/stock';
import { createRawCaller } from '../world/call-raw-grpc';
import { as, connectGrpc, refusalOf, type GrpcConnection } from '../world/connect-grpc';
import { createShop } from '../world/create-shop';
import { expectProof } from '../world/expect-proof';
import { insertItem, type InsertedItem } from '../world/insert-item';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';
import { waitForLockWaiters, whileLocked } from '../world/while-locked';

const STOCK_SERVICE = 'inventory.stock.v1.StockService';
const SERVING = 1;
/** Field 2, the quantity, with 2147483648: more than its int32 holds. */
const OVERFLOWN_QUANTITY = Uint8Array.of(0x10, 0x80, 0x80, 0x80, 0x80, 0x08);

let world: InventoryWorld;
let grpc: GrpcConnection;
let raw: ReturnType<typeof createRawCaller>;
let item: InsertedItem;
const { stockOf } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld({ LEDGER_SESSIONS: '1' });
  grpc = connectGrpc(world.grpcPort);
  raw = createRawCaller(world.grpcPort);
  item = await insertItem(world);
});

afterAll(async () => {
  grpc.close();
  raw.close();
  await world.close();
});

/** Whatever came, the server is well, and nothing was held, logged as a fault or left undone. */
afterEach(async () => {
  expect((await grpc.health.check({})).status).toBe(SERVING);
  await expectProof(world);
  expect(world.app.logLines().filter(({ level }) => level === 'error')).toEqual([]);
});

const product = (value: string) => ({ item: { $case: 'productId' as const, value } });
const line = (quantity: number) => ({ item: product(item.productId), quantity });

describe('a bad request', () => {
  const reserve = (order: object) => (options: CallOptions) =>
    grpc.inventory.reserveStock({ orderId: randomUUID(), lines: [line(1)], ...order }, options);
  const cases: readonly [
    what: string,
    call: () => (options: CallOptions) => Promise<unknown>,
    string[],
  ][] = [
    ['zero units', () => reserve({ lines: [line(0)] }), ['lines[0].quantity']],
    ['less than none', () => reserve({ lines: [line(-1)] }), ['lines[0].quantity']],
    ['no lines', () => reserve({ lines: [] }), ['lines']],
    ['1 001 lines', () => reserve({ lines: Array(1_001).fill(line(1)) }), ['lines']],
    ['an order that is no UUID', () => reserve({ orderId: 'order-1' }), ['order_id']],
    ['a user that is no UUID', () => reserve({ userId: 'me' }), ['user_id']],
    ['no time to hold', () => reserve({ ttlSeconds: 0 }), ['ttl_seconds']],
    ['too long a time', () => reserve({ ttlSeconds: 2_147_483_647 }), ['ttl_seconds']],
    ['a line without an item', () => reserve({ lines: [{ quantity: 1 }] }), ['lines[0].item']],
    [
      'a product that is no UUID',
      () => reserve({ lines: [line(1), { item: product('p'), quantity: 1 }] }),
      ['lines[1].item.product_id'],
    ],
    ['no item', () => (options) => grpc.inventory.getInventory({}, options), ['item']],
    [
      'no reservation',
      () => (options) => grpc.inventory.commitReservation({}, options),
      ['reservation_id'],
    ],
    [
      'a long reason',
      () => (options) =>
        grpc.inventory.cancelReservation(
          { reservationId: randomUUID(), reason: 'r'.repeat(256) },
          options,
        ),
      ['reason'],
    ],
    [
      'no change',
      () => (options) => grpc.inventory.updateStock({ item: product(item.productId) }, options),
      ['change'],
    ],
    [
      'nothing at all',
      () => (options) => grpc.stock.checkStock({}, options),
      ['product_id', 'quantity'],
    ],
    [
      'an order line of nothing',
      () => (options) => grpc.stock.reserveStock({}, options),
      ['product_id', 'quantity', 'order_id'],
    ],
  ];

  it.each(cases)('with %s is refused by field', async (_what, call, fields) => {
    expect(await refusalOf(call())).toMatchObject({
      code: 'INVALID_ARGUMENT',
      reason: 'INVALID_REQUEST',
      fields,
    });
    expect(await stockOf(item.inventoryId)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('with an idempotency key that is none is refused', async () => {
    const options = as('operator', { 'idempotency-key': 'k'.repeat(256) });
    expect(await refusalOf(reserve({}), options)).toMatchObject({
      code: 'INVALID_ARGUMENT',
      fields: ['metadata.idempotency-key'],
    });
  });

  it('for a product that is not there is refused', async () => {
    const unknown = randomUUID();
    const lines = [{ item: product(unknown), quantity: 1 }];
    expect(await refusalOf(reserve({ lines }))).toMatchObject({
      code: 'NOT_FOUND',
      reason: 'PRODUCT_NOT_FOUND',
      shortages: [`PRODUCT_NOT_FOUND product_id:${unknown} requested 1, available 0`],
    });
    const read = (options: CallOptions) =>
      grpc.inventory.getInventory({ item: product(unknown) }, options);
    expect(await refusalOf(read)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a quantity that overflows its int32 is refused', async () => {
    const { productId } = item;
    const message = ReserveStockRequest.encode({ productId, quantity: 0, orderId: randomUUID() });
    const bytes = Buffer.concat([message.finish(), OVERFLOWN_QUANTITY]);
    expect(await raw.call({ method: `${STOCK_SERVICE}/ReserveStock`, bytes })).toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });
});

describe('what is no request', () => {
  const method = `${STOCK_SERVICE}/CheckStock`;
  const bytes = () =>
    ReserveStockRequest.encode({ productId: item.productId, quantity: 1, orderId: '' }).finish();

  it.each([
    ['70 kB of metadata', 70_000],
    ['a megabyte of metadata', 1_000_000],
  ])('%s is refused', async (_what, length) => {
    const metadata = { 'x-padding': 'p'.repeat(length) };
    const { code } = await raw.call({ method, bytes: bytes(), metadata });
    expect(['RESOURCE_EXHAUSTED', 'INTERNAL', 'UNAVAILABLE', 'CANCELLED']).toContain(code);
    expect((await raw.call({ method, bytes: bytes() })).code).toBe('OK');
  });

  it('a message over the limit is refused', async () => {
    const big = Buffer.concat([
      bytes(),
      Buffer.from([0x7a, 0x80, 0x80, 0x20]),
      Buffer.alloc(2 ** 19),
    ]);
    expect(await raw.call({ method, bytes: big })).toMatchObject({ code: 'RESOURCE_EXHAUSTED' });
  });

  it('bytes that are no message are refused', async () => {
    const { code } = await raw.call({ method, bytes: Buffer.alloc(64, 0xff) });
    expect(code).toBe('INTERNAL');
  });

  it('a method that there is not is refused', async () => {
    const unknown = { method: `${STOCK_SERVICE}/Sell`, bytes: bytes() };
    expect((await raw.call(unknown)).code).toBe('UNIMPLEMENTED');
  });

  it('bytes that are no HTTP/2 end their connection alone', async () => {
    const socket = connect(world.grpcPort, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n\0\0\0\0');
    socket.resume();
    await once(socket, 'close');
    expect((await raw.call({ method, bytes: bytes() })).code).toBe('OK');
  });
});

describe('a deadline', () => {
  const method = `${STOCK_SERVICE}/ReserveStock`;
  const encode = (productId: string, orderId: string) =>
    ReserveStockRequest.encode({ productId, quantity: 1, orderId }).finish();

  it('of a millisecond, 200 times, leaves the server well and the stock right', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 1_000 });
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        raw.call({ method, bytes: encode(productId, randomUUID()), deadlineMs: 1 }),
      ),
    );
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => !['OK', 'DEADLINE_EXCEEDED'].includes(code))).toEqual([]);
    expect(codes).toContain('DEADLINE_EXCEEDED');
    const after = await raw.call({ method, bytes: encode(productId, randomUUID()) });
    expect(after.code).toBe('OK');
    const { reserved } = await stockOf(inventoryId);
    expect(reserved).toBeGreaterThanOrEqual(codes.filter((code) => code === 'OK').length + 1);
  });

  it('that passes while others are served has no effect', async () => {
    const [first, second] = [await insertItem(world), await insertItem(world)];
    await whileLocked(world, first.inventoryId, async () => {
      const held = raw.call({ method, bytes: encode(first.productId, randomUUID()) });
      await waitForLockWaiters(world, 1);
      const late = { method, bytes: encode(second.productId, randomUUID()), deadlineMs: 200 };
      expect(await raw.call(late)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
      void held;
    });
    const next = await raw.call({ method, bytes: encode(first.productId, randomUUID()) });
    expect(next.code).toBe('OK');
    expect(await stockOf(second.inventoryId)).toEqual({ onHand: 10, reserved: 0 });
    expect(await stockOf(first.inventoryId)).toEqual({ onHand: 10, reserved: 2 });
  });
});
