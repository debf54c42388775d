import type { AnyOrderMessage, OrderLine } from '@inventory-events/contracts';
import type { OrderEvent } from './order-event';
import { toLineItem } from './resolve-lines';
import { splitAtLookups } from './split-at-lookups';
import { toOrderCommand } from './to-order-command';

const NIL = '00000000-0000-0000-0000-000000000000';
const context = {
  messageId: 'm1',
  source: 'inventory.orders',
  bodyHash: Buffer.alloc(16),
  correlationId: 'c1',
};
const eventOf = (event: unknown) => ({ context, event: event as AnyOrderMessage });
const lineOf = (line: Partial<OrderLine>): OrderLine => ({
  productId: undefined,
  inventoryId: undefined,
  sku: undefined,
  variantId: null,
  warehouseId: null,
  quantity: 1,
  ...line,
});
const orderOf = (...lines: Partial<OrderLine>[]) =>
  eventOf({ type: 'order.created', message: { orderId: 'o1', items: lines.map(lineOf) } });
const commandOf = (event: OrderEvent) =>
  toOrderCommand(event, { items: new Map(), ttlSeconds: 900 });

describe('toOrderCommand', () => {
  it.each([
    ['payment.successful', 'commit'],
    ['payment.failed', 'cancel'],
    ['order.cancelled', 'restock'],
  ])('has %s %s the order', (type, asked) => {
    expect(commandOf(eventOf({ type, message: { orderId: 'o1' } }))).toEqual({
      ...context,
      isOrderEvent: true,
      reservation: { type: asked, orderId: 'o1' },
    });
  });

  it('has order.created reserve every line, for its own time or the usual one', () => {
    const message = { orderId: 'o1', userId: 'u1', items: [lineOf({ productId: 'p1' })] };
    const command = commandOf(eventOf({ type: 'order.created', message }));
    const lines = [{ item: { productId: 'p1', variantId: null, warehouseId: null }, quantity: 1 }];
    expect(command).toEqual({
      ...context,
      isOrderEvent: true,
      reservation: { type: 'reserve', orderId: 'o1', userId: 'u1', ttlMs: 900_000, lines },
    });
    const short = eventOf({ type: 'order.created', message: { ...message, ttlSeconds: 60 } });
    expect(commandOf(short)).toMatchObject({ reservation: { ttlMs: 60_000 } });
  });

  it('has product.created open a stock entry, empty where nothing is said', () => {
    const product = { productId: 'p1', variantId: null, warehouseId: 'w1', sku: 'NEW' };
    const open = (message: object) => commandOf(eventOf({ type: 'product.created', message }));
    expect(open({ ...product, initialQuantity: 7, lowStockThreshold: 3, reorderPoint: 4 })).toEqual(
      {
        ...context,
        item: product,
        command: { type: 'open', quantity: 7, lowStockThreshold: 3 },
        settings: { reorderPoint: 4, reorderQuantity: undefined },
      },
    );
    expect(open(product)).toMatchObject({ command: { type: 'open', quantity: 0 } });
  });

  it('takes what was looked up for a line', () => {
    const line = lineOf({ sku: 'ONE' });
    const event = eventOf({ type: 'order.created', message: { orderId: 'o1', items: [line] } });
    const item = { productId: 'p1', variantId: 'v1', warehouseId: 'w1' };
    const command = toOrderCommand(event, { items: new Map([[line, item]]), ttlSeconds: 1 });
    expect(command).toMatchObject({ reservation: { lines: [{ item, quantity: 1 }] } });
  });
});

describe('toLineItem', () => {
  const stored = (id: string, warehouseId: string | null) => ({
    id,
    productId: 'p1',
    variantId: null,
    warehouseId,
    sku: 'MUG',
  });
  const [plain, east, west] = [stored('i0', null), stored('i1', 'east'), stored('i2', 'west')];
  const named = (line: Partial<OrderLine>, ...candidates: ReturnType<typeof stored>[]) =>
    toLineItem(lineOf(line), candidates);
  const key = (warehouseId: string | null) => ({ productId: 'p1', variantId: null, warehouseId });

  it('is what the line names, or the only one that fits', () => {
    expect(named({ productId: 'p1' }, east, plain)).toEqual(key(null));
    expect(named({ productId: 'p1' }, east)).toEqual(key('east'));
    expect(named({ inventoryId: 'i2' }, west)).toEqual(key('west'));
    expect(named({ sku: 'MUG', warehouseId: 'west' }, east, west)).toEqual(key('west'));
  });

  it('minds no SKU beside an id', () => {
    expect(named({ productId: 'p1', sku: 'CUP' }, plain)).toEqual(key(null));
    expect(named({ inventoryId: 'i1', sku: 'CUP' }, east)).toEqual(key('east'));
  });

  it('names as well as it can what is not there or could be several', () => {
    expect(named({ productId: 'p1' }, east, west)).toEqual(key(null));
    expect(named({ productId: 'p9', warehouseId: 'east' })).toMatchObject({ productId: 'p9' });
    expect(named({ inventoryId: 'i9' })).toMatchObject({ productId: 'i9' });
    const sku = 'MUG';
    expect(named({ sku })).toEqual({ ...key(null), productId: NIL, sku });
    expect(named({ sku }, east, west)).toEqual({ ...key(null), productId: NIL, sku });
  });
});

describe('splitAtLookups', () => {
  const product = eventOf({ type: 'product.created', message: { productId: 'p1' } });
  const payment = eventOf({ type: 'payment.failed', message: { orderId: 'o1' } });
  const byKey = orderOf({ productId: 'p1', variantId: 'v1', warehouseId: 'w1' });
  const bySku = orderOf({ sku: 'ONE' });

  it('keeps together what needs no lookup behind a new product', () => {
    const batch = [bySku, payment, product, byKey, product, payment];
    expect(splitAtLookups(batch)).toEqual([batch]);
    expect(splitAtLookups([])).toEqual([]);
  });

  it('looks up after the products before it are there', () => {
    const batch = [product, payment, bySku, bySku, product, product, byKey, bySku, payment];
    expect(splitAtLookups(batch).map((part) => part.length)).toEqual([2, 5, 2]);
    expect(splitAtLookups(batch).flat()).toEqual(batch);
  });
});
