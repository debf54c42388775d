import { waitUntil } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { openWorld, type World } from './worker/open-world';
import { readMetric } from './worker/read-metric';
import { createShop, orderCreated, type Shop, shopEvent } from './worker/shop';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('order events', () => {
  let world: World;
  let shop: Shop;
  let workerUrl: string;

  beforeAll(async () => {
    world = await openWorld();
    shop = createShop(world);
    workerUrl = (await world.startWorker()).url;
  });
  afterEach(async () => {
    expect(await shop.findDrift()).toEqual([]);
    expect(await world.broker.count('inventory.orders.dlq')).toBe(0);
  });
  afterAll(() => world.close());

  const paid = (orderId: string) => shopEvent('payment.successful', { orderId });
  const unpaid = (orderId: string) => shopEvent('payment.failed', { orderId, reason: 'declined' });
  const cancelled = (orderId: string) => shopEvent('order.cancelled', { orderId });

  async function totalOf(name: string, label: string): Promise<number> {
    const samples = await readMetric(workerUrl, name);
    const matching = samples.filter(({ labels }) => labels.includes(label));
    return matching.reduce((sum, { value }) => sum + value, 0);
  }

  it('reserve, and commit what was paid', async () => {
    const [mugs, plates] = [await shop.stocked(20), await shop.stocked(3)];
    const orderId = randomUUID();
    const created = orderCreated(orderId, [mugs, 2], [plates, 3]);
    await shop.publish(created);
    expect(await shop.outcomeOf(created)).toBe('reserved');
    expect(await shop.levelsOf(mugs)).toMatchObject({ on_hand: 20, reserved: 2 });
    const [hold] = await world.query<{ seconds: number }>(
      `SELECT extract(epoch FROM expires_at - reserved_at)::int AS seconds FROM reservations
       WHERE order_id = $1`,
      [orderId],
    );
    expect(hold?.seconds).toBe(900);

    const payment = paid(orderId);
    await shop.publish(payment);
    expect(await shop.outcomeOf(payment)).toBe('committed');
    expect(await shop.levelsOf(mugs)).toMatchObject({ on_hand: 18, reserved: 0 });
    expect(await shop.levelsOf(plates)).toMatchObject({ on_hand: 0, status: 'OUT_OF_STOCK' });
    expect(await shop.statusesOf(orderId)).toEqual(['COMMITTED', 'COMMITTED']);
    expect(await shop.eventTypesOf(mugs)).toEqual([
      'InventoryReservedEvent',
      'InventoryCommittedEvent',
      'StockLevelChangedEvent',
    ]);
  });

  it('give back what was not paid', async () => {
    const productId = await shop.stocked(4);
    const orderId = randomUUID();
    const payment = unpaid(orderId);
    await shop.publish(orderCreated(orderId, [productId, 4]), payment);
    expect(await shop.outcomeOf(payment)).toBe('cancelled');
    expect(await shop.levelsOf(productId)).toMatchObject({ on_hand: 4, reserved: 0 });
    expect(await shop.statusesOf(orderId)).toEqual(['CANCELLED']);
    expect(await shop.eventTypesOf(productId)).toContain('BACK_IN_STOCK');
  });

  it('restock what was sold, once', async () => {
    const productId = await shop.stocked(5);
    const orderId = randomUUID();
    const [first, second] = [cancelled(orderId), cancelled(orderId)];
    await shop.publish(orderCreated(orderId, [productId, 5]), paid(orderId), first, first, second);
    expect(await shop.outcomeOf(second)).toBe('already_cancelled');
    expect(await shop.levelsOf(productId)).toMatchObject({ on_hand: 5, reserved: 0 });
    expect(await shop.statusesOf(orderId)).toEqual(['RETURNED']);
    const movements = await world.query<{ type: string; reference: string }>(
      `SELECT m.type, m.reference FROM stock_movements m JOIN stock_items i ON i.id = m.item_id
       WHERE i.product_id = $1 ORDER BY m.id`,
      [productId],
    );
    expect(movements).toEqual([
      { type: 'ADJUSTMENT', reference: null },
      { type: 'OUTBOUND', reference: orderId },
      { type: 'RETURN', reference: orderId },
    ]);
  });

  it.each([
    ['paid', ['paid', 'created'], ['COMMITTED'], 3],
    ['not paid', ['unpaid', 'created'], ['CANCELLED'], 5],
    ['cancelled', ['cancelled', 'created'], ['CANCELLED'], 5],
    ['paid and cancelled', ['paid', 'cancelled', 'created'], ['RETURNED'], 5],
    ['cancelled and paid', ['cancelled', 'paid', 'created'], ['CANCELLED'], 5],
  ] as const)(
    'end as in order when %s before the order comes',
    async (_, types, statuses, left) => {
      const productId = await shop.stocked(5);
      const orderId = randomUUID();
      const made = {
        created: orderCreated(orderId, [productId, 2]),
        paid: paid(orderId),
        unpaid: unpaid(orderId),
        cancelled: cancelled(orderId),
      };
      for (const type of types) {
        await shop.publish(made[type]);
        expect(await shop.outcomeOf(made[type])).toBe(
          type === 'created' ? 'reserved' : 'remembered',
        );
      }
      expect(await shop.statusesOf(orderId)).toEqual(statuses);
      expect(await shop.levelsOf(productId)).toMatchObject({ on_hand: left, reserved: 0 });
      expect(
        await world.query('SELECT FROM order_outcomes WHERE order_id = $1', [orderId]),
      ).toEqual([]);
    },
  );

  it('carry their trace to the events, each its own', async () => {
    const productId = await shop.stocked(5);
    const orderId = randomUUID();
    const created = shopEvent('order.created', {
      orderId,
      correlationId: 'checkout 1',
      items: [{ productId, quantity: 1 }],
    });
    await world.broker.publish([
      {
        exchange: 'order.events',
        routingKey: 'payment.successful',
        body: { ...paid(orderId).body, correlationId: 'payment 1' },
        properties: { headers: { traceparent: TRACEPARENT } },
      },
    ]);
    await shop.publish(created);
    await shop.outcomeOf(created);
    const rows = await world.query<{ correlation_id: string; traceparent: string | null }>(
      `SELECT o.correlation_id, o.traceparent FROM outbox_messages o
       JOIN stock_items i ON i.id = o.item_id WHERE i.product_id = $1 ORDER BY o.position`,
      [productId],
    );
    expect(rows[0]).toEqual({ correlation_id: 'checkout 1', traceparent: null });
    expect(rows.slice(-2)).toEqual(
      Array(2).fill({ correlation_id: 'payment 1', traceparent: TRACEPARENT }),
    );
  });

  it('tell of an order that can not be had, line by line, and hold nothing', async () => {
    const productId = await shop.stocked(1);
    const unknown = randomUUID();
    const orderId = randomUUID();
    const items = [
      { productId, quantity: 2 },
      { productId: unknown, quantity: 1 },
      { sku: 'NOBODY-HAS-IT', quantity: 1 },
    ];
    const created = shopEvent('order.created', { orderId, items });
    await shop.publish(created);
    expect(await shop.outcomeOf(created)).toBe('not_found');
    const failures = await world.query<{ named: string; reason: string }>(
      `SELECT coalesce(sku, product_id::text) AS named, data->>'reasonForFailure' AS reason
       FROM inventory_events WHERE cause_message_id = $1 AND event_type = 'InventoryReservationFailedEvent'`,
      [created.body.eventId],
    );
    expect(failures).toHaveLength(3);
    expect(failures).toEqual(
      expect.arrayContaining([
        { named: productId, reason: 'INSUFFICIENT_STOCK' },
        { named: unknown, reason: 'PRODUCT_NOT_FOUND' },
        { named: 'NOBODY-HAS-IT', reason: 'PRODUCT_NOT_FOUND' },
      ]),
    );
    expect(await shop.levelsOf(productId)).toMatchObject({ on_hand: 1, reserved: 0 });

    const refund = cancelled(orderId);
    const again = orderCreated(orderId, [productId, 1]);
    await shop.publish(refund, again);
    expect(await shop.outcomeOf(refund)).toBe('not_found');
    expect(await shop.outcomeOf(again)).toBe('reserved');
    expect(await shop.statusesOf(orderId)).toEqual(['PENDING']);
  });

  it('open stock entries, by whose SKU an order behind them finds them', async () => {
    const productId = randomUUID();
    const sku = `SKU-${productId}`;
    const product = shopEvent('product.created', {
      productId,
      warehouseId: randomUUID(),
      sku,
      initialQuantity: 6,
      lowStockThreshold: 2,
      reorderPoint: 3,
      reorderQuantity: 40,
    });
    const orderId = randomUUID();
    const items = [
      { sku, quantity: 2 },
      { productId, quantity: 1 },
    ];
    const created = shopEvent('order.created', { orderId, items });
    await shop.publish(product, created);
    expect(await shop.outcomeOf(product)).toBe('applied');
    expect(await shop.outcomeOf(created)).toBe('reserved');
    const [item] = await world.query('SELECT * FROM stock_items WHERE product_id = $1', [
      productId,
    ]);
    expect(item).toMatchObject({
      sku,
      on_hand: 6,
      reserved: 3,
      low_stock_threshold: 2,
      reorder_point: 3,
      reorder_quantity: 40,
    });
    expect(await shop.statusesOf(orderId)).toEqual(['PENDING']);

    const empty = shopEvent('product.created', { productId: randomUUID() });
    await shop.publish(empty);
    expect(await shop.outcomeOf(empty)).toBe('applied');
    expect(await shop.levelsOf(String(empty.body['productId']))).toEqual({
      on_hand: 0,
      reserved: 0,
      status: 'OUT_OF_STOCK',
    });
  });

  it("leave others' events alone, and count them", async () => {
    const before = await world.outcomes();
    const types = ['order.shipped', 'order.created.v2', 'payment.refunded', 'product.updated'];
    const marker = paid(randomUUID());
    await shop.publish(...types.map((type) => shopEvent(type, { anything: true })), marker);
    await world.broker.publish([
      { exchange: 'order.events', routingKey: 'order.noted', body: 'not even JSON' },
    ]);
    expect(await shop.outcomeOf(marker)).toBe('remembered');
    await waitUntil(async () => (await totalOf('ingest_ignored_events_total', '')) === 5);
    expect((await world.outcomes()).size).toBe(before.size + 1);
    expect(await totalOf('ingest_order_events_total', 'outcome="remembered"')).toBeGreaterThan(0);
    expect(
      await totalOf('ingest_order_events_total', 'type="order.created",outcome="reserved"'),
    ).toBeGreaterThan(0);
  });
});
