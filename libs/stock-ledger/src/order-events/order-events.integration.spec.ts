import { createHash, randomUUID } from 'node:crypto';
import { createPool } from '@inventory-events/data-access';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createStockLedger, type StockLedger } from '../create-stock-ledger';
import type { LedgerCommand, LedgerResult, OrderEventLedgerCommand } from '../ledger-command';

const TTL_MS = 60_000;
const STOCK = 20;

let database: TestDatabase;
let pool: Pool;
let ledger: StockLedger;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({
    connectionString: database.url,
    applicationName: 'order events spec',
    max: 10,
    pipeline: true,
  });
  ledger = createStockLedger({
    pool,
    defaults: { defaultLowStockThreshold: 2, defaultHysteresis: 0 },
  });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** What happens to an order, as its events are called. */
type OrderEventType = 'created' | 'paid' | 'unpaid' | 'cancelled';

interface Order {
  orderId: string;
  lines: readonly { productId: string; quantity: number }[];
}

const itemOf = (productId: string) => ({ productId, variantId: null, warehouseId: null });

function context(body: unknown) {
  const messageId = randomUUID();
  const bodyHash = createHash('sha1').update(JSON.stringify(body)).digest();
  return { messageId, source: 'spec', bodyHash };
}

function toReservation({ orderId, lines }: Order, type: OrderEventType) {
  switch (type) {
    case 'created':
      return {
        type: 'reserve' as const,
        orderId,
        ttlMs: TTL_MS,
        lines: lines.map(({ productId, quantity }) => ({ item: itemOf(productId), quantity })),
      };
    case 'paid':
      return { type: 'commit' as const, orderId };
    case 'unpaid':
      return { type: 'cancel' as const, orderId };
    case 'cancelled':
      return { type: 'restock' as const, orderId };
  }
}

/** The trace tells which event it was. */
function eventOf(order: Order, type: OrderEventType): OrderEventLedgerCommand {
  const reservation = toReservation(order, type);
  const trace = { correlationId: `trace of ${type}`, traceparent: `parent of ${type}` };
  return { ...context(reservation), ...trace, isOrderEvent: true, reservation };
}

async function execute(...commands: LedgerCommand[]): Promise<LedgerResult['outcome'][]> {
  return (await ledger.executeBatch(commands)).map((result) => result.outcome);
}

async function stocked(quantity = STOCK): Promise<string> {
  const productId = randomUUID();
  const command = { type: 'observe' as const, quantity };
  await execute({ ...context(command), correlationId: 'stock', item: itemOf(productId), command });
  return productId;
}

async function newOrder(...quantities: number[]): Promise<Order> {
  const lines = [];
  for (const quantity of quantities) lines.push({ productId: await stocked(), quantity });
  return { orderId: randomUUID(), lines };
}

/** What is left of an order's events, without the ids and times that differ from run to run. */
async function traceOf({ orderId, lines }: Order) {
  const products = lines.map(({ productId }) => productId);
  const rows = async (sql: string, values: unknown[]) => (await pool.query(sql, values)).rows;
  return {
    items: await rows(
      `SELECT on_hand, reserved, status, sequence::int FROM stock_items
       WHERE product_id = ANY ($1) ORDER BY array_position($1, product_id)`,
      [products],
    ),
    reservations: await rows(
      `SELECT quantity, status, returned_at IS NOT NULL AS returned, correlation_id,
         committed_at IS NOT NULL AS committed, cancelled_at IS NOT NULL AS cancelled
       FROM reservations WHERE order_id = $1 ORDER BY id`,
      [orderId],
    ),
    movements: await rows(
      `SELECT m.type, m.quantity, m.quantity_after, m.reason FROM stock_movements m
       JOIN stock_items i ON i.id = m.item_id
       WHERE i.product_id = ANY ($1) ORDER BY array_position($1, i.product_id), m.id`,
      [products],
    ),
    events: await rows(
      `SELECT e.event_type, e.sequence::int, e.cause, e.correlation_id, o.traceparent,
         e.previous_quantity, e.new_quantity
       FROM inventory_events e JOIN outbox_messages o ON o.event_id = e.id
       WHERE e.product_id = ANY ($1) ORDER BY array_position($1, e.product_id), e.sequence`,
      [products],
    ),
    remembered: await rows('SELECT outcome FROM order_outcomes WHERE order_id = $1', [orderId]),
  };
}

const rememberedOf = async ({ orderId }: Order) =>
  (await traceOf({ orderId, lines: [] })).remembered;

/** What must hold of every item, whatever happened. */
async function expectProof(): Promise<void> {
  const { rows } = await pool.query(
    `SELECT i.id FROM stock_items i
     WHERE i.on_hand <> (SELECT coalesce(sum(m.quantity), 0) FROM stock_movements m
                         WHERE m.item_id = i.id)
       OR i.reserved <> (SELECT coalesce(sum(r.quantity), 0) FROM reservations r
                         WHERE r.item_id = i.id AND r.status = 'PENDING')
       OR i.sequence <> (SELECT count(*) FROM inventory_events e WHERE e.item_id = i.id)
       OR i.sequence <> (SELECT coalesce(max(e.sequence), 0) FROM inventory_events e
                         WHERE e.item_id = i.id)`,
  );
  expect(rows).toEqual([]);
}

afterEach(expectProof);

function permutationsOf<T>(values: readonly T[]): T[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value, index) =>
    permutationsOf(values.toSpliced(index, 1)).map((rest) => [value, ...rest]),
  );
}

/** The same events as they would come from a queue that keeps order: the creation first. */
const inOrder = (types: readonly OrderEventType[]) => [
  'created' as const,
  ...types.filter((type) => type !== 'created'),
];

const ARRIVALS = [
  ['created', 'paid', 'cancelled'],
  ['created', 'unpaid'],
  ['created', 'unpaid', 'paid', 'cancelled'],
] as const;

describe('the events of an order', () => {
  it.each(
    ARRIVALS.flatMap((types) => permutationsOf<OrderEventType>(types)).map((types) => [types]),
  )('that arrive as %j leave what they leave in order', async (types) => {
    const orders = [await newOrder(5, 19), await newOrder(5, 19), await newOrder(5, 19)] as const;
    for (const type of inOrder(types)) await execute(eventOf(orders[0], type));
    for (const type of types) await execute(eventOf(orders[1], type));
    await execute(...types.map((type) => eventOf(orders[2], type)));

    const [expected, oneByOne, together] = await Promise.all(orders.map(traceOf));
    expect(expected?.remembered).toEqual([]);
    expect(expected?.items).toMatchObject([{ on_hand: STOCK, reserved: 0 }, { on_hand: STOCK }]);
    expect(oneByOne).toEqual(expected);
    expect(together).toEqual(expected);
  });

  it('remembers only the first of a kind, and forgets it with its order', async () => {
    const order = await newOrder(3);
    const early = ['paid', 'paid', 'cancelled', 'paid'] as const;
    expect(await execute(...early.map((type) => eventOf(order, type)))).toEqual(
      early.map(() => 'remembered'),
    );
    expect(await rememberedOf(order)).toEqual([{ outcome: 'COMMIT' }, { outcome: 'RESTOCK' }]);
    const results = await ledger.executeBatch([eventOf(order, 'created')]);
    expect(results).toMatchObject([{ outcome: 'reserved', eventCount: 4 }]);
    expect(results[0]?.reservations).toMatchObject([{ status: 'COMMITTED' }]);
    expect(await rememberedOf(order)).toEqual([]);
  });

  it.each([[['created', 'paid', 'cancelled']], [['paid', 'cancelled', 'created']]] as const)(
    'have one effect however often %j are delivered',
    async (types) => {
      const order = await newOrder(4);
      const events = types.map((type) => eventOf(order, type));
      for (const event of events) await execute(event);
      const once = await traceOf(order);
      expect(await execute(...events, ...events)).toEqual(Array(6).fill('duplicate'));
      expect(await traceOf(order)).toEqual(once);
      const forged = { ...(events[0] as LedgerCommand), bodyHash: Buffer.from('another') };
      expect(await execute(forged)).toEqual(['conflict']);
    },
  );

  it('restock once, whoever asks again', async () => {
    const order = await newOrder(4);
    const types = ['created', 'paid', 'cancelled'] as const;
    for (const type of types) await execute(eventOf(order, type));
    const once = await traceOf(order);
    expect(await execute(eventOf(order, 'cancelled'))).toEqual(['already_cancelled']);
    expect(await execute(eventOf(order, 'created'))).toEqual(['already_committed']);
    expect(await traceOf(order)).toEqual(once);
  });
});

describe('an order that was refused', () => {
  it.each(['paid', 'unpaid', 'cancelled'] as const)(
    'is not ended by an earlier %s when it is tried again',
    async (type) => {
      const order = await newOrder(STOCK + 1);
      const [productId] = order.lines.map((line) => line.productId);
      expect(await execute(eventOf(order, 'created'))).toEqual(['insufficient_stock']);
      expect(await execute(eventOf(order, type), eventOf(order, type))).toEqual([
        'not_found',
        'not_found',
      ]);
      expect(await rememberedOf(order)).toEqual([{ outcome: 'REFUSED' }]);

      const command = { type: 'receive' as const, quantity: 1 };
      const item = itemOf(productId as string);
      await execute({ ...context(command), correlationId: 'more', item, command });
      expect(await execute(eventOf(order, 'created'))).toEqual(['reserved']);
      expect((await traceOf(order)).reservations).toMatchObject([{ status: 'PENDING' }]);
      expect(await rememberedOf(order)).toEqual([]);
      expect(await execute(eventOf(order, 'paid'))).toEqual(['committed']);
    },
  );

  it('takes with it what was remembered of it', async () => {
    const order = await newOrder(STOCK + 1);
    await execute(eventOf(order, 'paid'), eventOf(order, 'created'));
    expect(await rememberedOf(order)).toEqual([{ outcome: 'REFUSED' }]);
    const smaller = { ...order, lines: order.lines.map((line) => ({ ...line, quantity: 1 })) };
    await execute(eventOf(smaller, 'created'));
    expect((await traceOf(order)).reservations).toMatchObject([{ status: 'PENDING' }]);
  });

  it('is told with the reason, an SKU that nobody knows by its name', async () => {
    const order: Order = { orderId: randomUUID(), lines: [] };
    const reservation = {
      type: 'reserve' as const,
      orderId: order.orderId,
      ttlMs: TTL_MS,
      lines: ['NO-1', 'NO-2'].map((sku) => ({
        item: { ...itemOf('00000000-0000-0000-0000-000000000000'), sku },
        quantity: 2_147_483_647,
      })),
    };
    const command = { ...eventOf(order, 'created'), reservation };
    const twice = { ...reservation, lines: [...reservation.lines, ...reservation.lines] };
    expect(await execute({ ...command, reservation: twice })).toEqual(['not_found']);
    const { rows } = await pool.query(
      'SELECT sku, data FROM inventory_events WHERE cause_message_id = $1 ORDER BY sku',
      [command.messageId],
    );
    expect(rows).toMatchObject(
      ['NO-1', 'NO-2'].map((sku) => ({
        sku,
        data: {
          sku,
          sequence: null,
          reasonForFailure: 'PRODUCT_NOT_FOUND',
          quantityAttempted: 2_147_483_647,
        },
      })),
    );
  });
});

describe('order events beside other commands', () => {
  function requestOf(order: Order, type: OrderEventType): LedgerCommand {
    const reservation = toReservation(order, type);
    return { ...context(reservation), correlationId: `request of ${type}`, reservation };
  }

  it('leaves nothing behind of requests for an order that is not there', async () => {
    const order = await newOrder(2);
    const requests = (['paid', 'unpaid', 'cancelled'] as const).map((type) =>
      requestOf(order, type),
    );
    expect(await execute(...requests)).toEqual(['not_found', 'not_found', 'not_found']);
    expect(await rememberedOf(order)).toEqual([]);
    expect(await execute(requestOf(order, 'created'))).toEqual(['reserved']);
  });

  it('has what was remembered take effect at the next event of an order that was seen', async () => {
    const order = await newOrder(2);
    await execute(eventOf(order, 'paid'));
    await execute(requestOf(order, 'created'));
    expect((await traceOf(order)).reservations).toMatchObject([{ status: 'PENDING' }]);
    expect(await execute(eventOf(order, 'cancelled'))).toEqual(['restocked']);
    const { reservations, items } = await traceOf(order);
    expect(reservations).toMatchObject([{ status: 'COMMITTED', returned: true }]);
    expect(items).toMatchObject([{ on_hand: STOCK, reserved: 0 }]);
    expect(await rememberedOf(order)).toEqual([]);
  });

  it('loses no event when sessions take those of one order at the same time', async () => {
    const orders = await Promise.all(Array.from({ length: 40 }, () => newOrder(3, 1)));
    await Promise.all(
      orders.flatMap((order) =>
        (['created', 'paid', 'cancelled'] as const).map((type) => execute(eventOf(order, type))),
      ),
    );
    for (const order of orders) {
      const { items, reservations, remembered } = await traceOf(order);
      expect(items).toMatchObject([{ on_hand: STOCK, reserved: 0 }, { on_hand: STOCK }]);
      expect(remembered).toEqual([]);
      expect(reservations.some(({ status }) => status === 'PENDING')).toBe(false);
    }
  });
});

describe('random arrivals', () => {
  /** What an order ends as: its creation first, the rest as it came. */
  function endOf(types: readonly OrderEventType[]) {
    if (!types.includes('created')) return undefined;
    let end = { status: 'PENDING', returned: false };
    for (const type of types) {
      if (end.status === 'PENDING' && type !== 'created') {
        end = { status: type === 'paid' ? 'COMMITTED' : 'CANCELLED', returned: false };
      } else if (end.status === 'COMMITTED' && type === 'cancelled') {
        end = { ...end, returned: true };
      }
    }
    return end;
  }

  it('end as their order says, with repeated deliveries and requests in between', async () => {
    let seed = 11;
    const random = (limit: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (seed >>> 8) % limit;
    };
    const types = ['created', 'paid', 'unpaid', 'cancelled'] as const;
    const products = await Promise.all(Array.from({ length: 4 }, () => stocked(100_000)));
    const orders = Array.from({ length: 120 }, () => {
      const lines = [0, 1].map(() => ({
        productId: products[random(4)] as string,
        quantity: 1 + random(5),
      }));
      return { order: { orderId: randomUUID(), lines }, arrived: [] as OrderEventType[] };
    });
    let batch: LedgerCommand[] = [];
    const sent: LedgerCommand[] = [];
    for (let step = 0; step < 900; step += 1) {
      const { order, arrived } = orders[random(orders.length)] as (typeof orders)[number];
      const type = types[random(4)] as OrderEventType;
      if (arrived.includes('created') && type === 'created') continue;
      const event = eventOf(order, type);
      arrived.push(type);
      batch.push(event);
      sent.push(event);
      if (random(3) === 0) batch.push(sent[random(sent.length)] as LedgerCommand);
      if (random(10) > 0) continue;
      await execute(...batch);
      batch = [];
    }
    await execute(...batch);

    const { rows } = await pool.query(
      `SELECT order_id, array_agg(DISTINCT status::text) AS status,
         bool_and(returned_at IS NOT NULL) AS returned
       FROM reservations GROUP BY order_id`,
    );
    const ends = new Map(rows.map((row) => [row.order_id, row]));
    for (const { order, arrived } of orders) {
      const end = endOf(arrived);
      const found = ends.get(order.orderId);
      const expected = end && { status: [end.status], returned: end.returned };
      expect(found && { status: found.status, returned: found.returned }).toEqual(expected);
      const kinds = new Set(arrived).size;
      expect(await rememberedOf(order)).toHaveLength(end ? 0 : kinds);
    }
  });
});

describe('open', () => {
  it('makes the stock entry of a product, once, and leaves known stock alone', async () => {
    const productId = randomUUID();
    const open = (quantity: number): LedgerCommand => ({
      ...context({ productId, quantity }),
      correlationId: 'product',
      item: { ...itemOf(productId), sku: 'NEW-1' },
      command: { type: 'open', quantity, lowStockThreshold: 4 },
      settings: { reorderPoint: 6, reorderQuantity: 70 },
    });
    const first = open(5);
    expect(await execute(first, first, open(9))).toEqual(['applied', 'duplicate', 'unchanged']);
    const { rows } = await pool.query('SELECT * FROM stock_items WHERE product_id = $1', [
      productId,
    ]);
    expect(rows).toMatchObject([
      {
        sku: 'NEW-1',
        on_hand: 5,
        status: 'IN_STOCK',
        low_stock_threshold: 4,
        reorder_point: 6,
        reorder_quantity: 70,
        baselined: true,
        sequence: '0',
      },
    ]);
  });
});
