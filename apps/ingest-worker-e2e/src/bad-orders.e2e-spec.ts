import { randomUUID } from 'node:crypto';
import { openWorld, type World } from './worker/open-world';
import { ORDER_DEAD_LETTERS } from './worker/open-broker';
import { createShop, orderCreated, type Shop, shopEvent, toMessage } from './worker/shop';

type Row = [what: string, type: string, body: string | object, code: string];

const ids = () => ({ eventId: randomUUID(), orderId: randomUUID() });
const order = (fields: object) => ({
  ...ids(),
  items: [{ productId: randomUUID(), quantity: 1 }],
  ...fields,
});
const lineOf = (fields: object) =>
  order({ items: [{ productId: randomUUID(), quantity: 1, ...fields }] });
const manyLines = Array.from({ length: 1_001 }, () => ({ sku: 'MUG', quantity: 1 }));

const ROWS: Row[] = [
  ['not JSON', 'order.created', 'order=7', 'MALFORMED_JSON'],
  ['a list', 'order.created', [order({})], 'INVALID_MESSAGE'],
  ['equal keys', 'payment.failed', '{"orderId":"1","orderId":"2"}', 'DUPLICATE_JSON_KEY'],
  ['no orderId', 'order.created', order({ orderId: undefined }), 'INVALID_MESSAGE'],
  ['no orderId', 'payment.successful', { eventId: randomUUID() }, 'INVALID_MESSAGE'],
  ['an orderId that is none', 'order.cancelled', { ...ids(), orderId: '7' }, 'INVALID_MESSAGE'],
  ['no eventId', 'payment.failed', { orderId: randomUUID() }, 'MISSING_EVENT_ID'],
  ['no lines', 'order.created', order({ items: [] }), 'INVALID_MESSAGE'],
  ['1 001 lines', 'order.created', order({ items: manyLines }), 'INVALID_MESSAGE'],
  ['a line of nothing', 'order.created', lineOf({ productId: null }), 'INVALID_MESSAGE'],
  ['a quantity of 0', 'order.created', lineOf({ quantity: 0 }), 'INVALID_MESSAGE'],
  ['a negative quantity', 'order.created', lineOf({ quantity: -1 }), 'INVALID_MESSAGE'],
  ['a fractional quantity', 'order.created', lineOf({ quantity: 1.5 }), 'INVALID_MESSAGE'],
  ['a quantity over 2^31 - 1', 'order.created', lineOf({ quantity: 2 ** 31 }), 'INVALID_MESSAGE'],
  ['a quantity in a string', 'order.created', lineOf({ quantity: '5' }), 'INVALID_MESSAGE'],
  ['a TTL of 0', 'order.created', order({ ttlSeconds: 0 }), 'INVALID_MESSAGE'],
  [
    'a version to come',
    'order.created',
    order({ eventVersion: '2.0' }),
    'UNSUPPORTED_EVENT_VERSION',
  ],
  ['no product', 'product.created', { eventId: randomUUID() }, 'INVALID_MESSAGE'],
];

describe('bad order messages', () => {
  let world: World;
  let shop: Shop;

  beforeAll(async () => {
    world = await openWorld();
    shop = createShop(world);
    await world.startWorker();
    await shop.stocked(1);
  });
  afterEach(async () => {
    expect(await shop.findDrift()).toEqual([]);
    expect(await world.broker.count(ORDER_DEAD_LETTERS)).toBe(0);
  });
  afterAll(() => world.close());

  it.each(ROWS)('%s in %s: dead-lettered alone with its reason', async (...row) => {
    const [, type, body, code] = row;
    const productId = await shop.stocked(9);
    const [before, after] = [1, 2].map((quantity) =>
      orderCreated(randomUUID(), [productId, quantity]),
    ) as [ReturnType<typeof orderCreated>, ReturnType<typeof orderCreated>];
    const exchange = type.startsWith('product.') ? 'product.events' : 'order.events';
    await world.broker.publish([
      toMessage(before),
      { exchange, routingKey: type, body },
      toMessage(after),
    ]);
    const [dead] = await world.broker.takeDeadLetters(1, ORDER_DEAD_LETTERS);
    expect(dead?.properties.headers).toMatchObject({
      'x-error-code': code,
      'x-error-message': expect.stringMatching(/^.{5,500}$/),
      'x-original-exchange': exchange,
      'x-original-routing-key': type,
    });
    expect(String(dead?.content)).toBe(typeof body === 'string' ? body : JSON.stringify(body));
    expect(await shop.outcomeOf(before)).toBe('reserved');
    expect(await shop.outcomeOf(after)).toBe('reserved');
    expect(await shop.levelsOf(productId)).toMatchObject({ reserved: 3 });
  });

  it('the same item on two lines is summed', async () => {
    const productId = await shop.stocked(5);
    const [all, more] = [2, 3].map((quantity) =>
      orderCreated(randomUUID(), [productId, 3], [productId, quantity]),
    ) as [ReturnType<typeof orderCreated>, ReturnType<typeof orderCreated>];
    await shop.publish(more, all);
    expect(await shop.outcomeOf(more)).toBe('insufficient_stock');
    expect(await shop.outcomeOf(all)).toBe('reserved');
    expect(await shop.levelsOf(productId)).toMatchObject({ reserved: 5 });
    expect(await shop.statusesOf(String(all.body['orderId']))).toEqual(['PENDING']);
  });

  it('a quantity as large as can be is refused with its reason', async () => {
    const productId = await shop.stocked(5);
    const huge = orderCreated(randomUUID(), [productId, 2 ** 31 - 1], [productId, 2 ** 31 - 1]);
    await shop.publish(huge);
    expect(await shop.outcomeOf(huge)).toBe('insufficient_stock');
    const [failure] = await world.query<{ attempted: string }>(
      `SELECT data->>'quantityAttempted' AS attempted FROM inventory_events
       WHERE product_id = $1 AND event_type = 'InventoryReservationFailedEvent'`,
      [productId],
    );
    expect(failure?.attempted).toBe(String(2 ** 31 - 1));
  });

  it('a used event id with another body is a conflict, with the same body a duplicate', async () => {
    const productId = await shop.stocked(5);
    const created = orderCreated(randomUUID(), [productId, 1]);
    const other = { ...created, body: { ...created.body, orderId: randomUUID() } };
    const after = shopEvent('payment.successful', { orderId: created.body['orderId'] });
    await shop.publish(created, created, other, after);
    const [dead] = await world.broker.takeDeadLetters(1, ORDER_DEAD_LETTERS);
    expect(dead?.properties.headers?.['x-error-code']).toBe('EVENT_ID_CONFLICT');
    expect(await shop.outcomeOf(after)).toBe('committed');
    expect(await shop.levelsOf(productId)).toMatchObject({ on_hand: 4, reserved: 0 });
  });

  it('what was put straight into the queue says what it is, or is dead-lettered', async () => {
    const productId = await shop.stocked(5);
    const straight = { exchange: '', routingKey: 'inventory.orders' };
    const created = orderCreated(randomUUID(), [productId, 1]);
    await world.broker.publish([
      { ...straight, body: order({}) },
      {
        ...straight,
        body: created.body,
        properties: { headers: { 'x-event-type': created.type } },
      },
    ]);
    const [dead] = await world.broker.takeDeadLetters(1, ORDER_DEAD_LETTERS);
    expect(dead?.properties.headers?.['x-error-code']).toBe('UNKNOWN_EVENT_TYPE');
    expect(await shop.outcomeOf(created)).toBe('reserved');
  });
});
