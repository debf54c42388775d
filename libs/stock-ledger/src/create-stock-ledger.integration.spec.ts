import { createHash, randomUUID } from 'node:crypto';
import { createPool } from '@inventory-events/data-access';
import type { ObserveCommand } from '@inventory-events/domain';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createStockLedger, type StockLedger } from './create-stock-ledger';
import type { LedgerCommand, ReservationLedgerCommand } from './ledger-command';

const defaults = { defaultLowStockThreshold: 10, defaultHysteresis: 0 };

let database: TestDatabase;
let pool: Pool;
let ledger: StockLedger;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({
    connectionString: database.url,
    applicationName: 'ledger spec',
    max: 8,
    pipeline: true,
  });
  ledger = createStockLedger({ pool, defaults });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

type Observation = Partial<Omit<LedgerCommand, 'command' | 'item'>> & {
  productId: string;
  quantity: number;
} & Partial<Omit<ObserveCommand, 'type' | 'quantity'>>;

function observe(observation: Observation): LedgerCommand {
  const { productId, quantity, messageId, source, bodyHash, correlationId, traceparent, ...rest } =
    observation;
  return {
    messageId: messageId ?? randomUUID(),
    source: source ?? 'inventory.updates',
    bodyHash: bodyHash ?? createHash('sha1').update(`${productId}:${quantity}`).digest(),
    item: { productId, variantId: null, warehouseId: null, sku: 'SKU-1' },
    command: { type: 'observe', quantity, ...rest },
    correlationId: correlationId ?? randomUUID(),
    traceparent,
  };
}

async function rowsOf(sql: string, productId: string) {
  return (await pool.query(sql, [productId])).rows;
}

const EVENTS = `SELECT event_type, sequence::int, previous_quantity, new_quantity,
  low_stock_threshold, threshold_source, correlation_id, cause, cause_message_id, data
  FROM inventory_events WHERE product_id = $1 ORDER BY id`;
const OUTBOX = `SELECT o.* FROM outbox_messages o JOIN stock_items i ON i.id = o.item_id
  WHERE i.product_id = $1 ORDER BY position`;
const ITEM = 'SELECT * FROM stock_items WHERE product_id = $1';

describe('executeBatch', () => {
  it('writes stock, movement, audit log and outbox of a change together', async () => {
    const productId = randomUUID();
    const sale = observe({ productId, quantity: 0, previousQuantity: 12, traceparent: '00-trace' });
    const [result] = await ledger.executeBatch([sale]);

    expect(result).toEqual({
      outcome: 'applied',
      previousQuantityMismatch: false,
      eventCount: 4,
    });
    const events = await rowsOf(EVENTS, productId);
    expect(events.map((event) => [event.event_type, event.sequence])).toEqual([
      ['StockLevelChangedEvent', 1],
      ['StockStatusChangedEvent', 2],
      ['OUT_OF_STOCK', 3],
      ['LowStockThresholdReachedEvent', 4],
    ]);
    expect(events[2]).toMatchObject({
      previous_quantity: 12,
      new_quantity: 0,
      low_stock_threshold: 10,
      threshold_source: 'default',
      correlation_id: sale.correlationId,
      cause: 'observe',
      cause_message_id: sale.messageId,
    });
    const outbox = await rowsOf(OUTBOX, productId);
    expect(outbox.map((row) => JSON.parse(row.payload).data)).toEqual(
      events.map((event) => event.data),
    );
    expect(outbox.map((row) => row.traceparent)).toEqual(Array(4).fill('00-trace'));
    const movements = await pool.query(
      `SELECT m.quantity, m.quantity_after, m.reason FROM stock_movements m
       JOIN stock_items i ON i.id = m.item_id WHERE i.product_id = $1 ORDER BY m.id`,
      [productId],
    );
    expect(movements.rows).toEqual([
      { quantity: 12, quantity_after: 12, reason: 'baseline' },
      { quantity: -12, quantity_after: 0, reason: 'observed' },
    ]);
    expect((await rowsOf(ITEM, productId))[0]).toMatchObject({
      on_hand: 0,
      status: 'OUT_OF_STOCK',
      sequence: '4',
      baselined: true,
      sku: 'SKU-1',
    });
  });

  it('decides commands of one item in the order of the batch', async () => {
    const productId = randomUUID();
    await ledger.executeBatch([20, 5, 0, 7].map((quantity) => observe({ productId, quantity })));
    const events = await rowsOf(EVENTS, productId);
    expect(events.map((event) => event.event_type)).toEqual([
      'StockLevelChangedEvent',
      'StockStatusChangedEvent',
      'LOW_STOCK',
      'LowStockThresholdReachedEvent',
      'StockLevelChangedEvent',
      'StockStatusChangedEvent',
      'OUT_OF_STOCK',
      'StockLevelChangedEvent',
      'StockStatusChangedEvent',
      'BACK_IN_STOCK',
    ]);
    expect(events.map((event) => event.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('gives a message its effect once, within a batch and across batches', async () => {
    const productId = randomUUID();
    const first = observe({ productId, quantity: 9, previousQuantity: 20 });
    const within = await ledger.executeBatch([first, first]);
    const again = await ledger.executeBatch([first]);
    expect(within.map((result) => result.outcome)).toEqual(['applied', 'duplicate']);
    expect(again[0]?.outcome).toBe('duplicate');
    expect(await rowsOf(EVENTS, productId)).toHaveLength(4);
  });

  it('refuses another body under a known message id', async () => {
    const productId = randomUUID();
    const first = observe({ productId, quantity: 9 });
    const other = observe({ productId, quantity: 8, messageId: first.messageId });
    await ledger.executeBatch([first]);
    expect((await ledger.executeBatch([other]))[0]?.outcome).toBe('conflict');
    expect((await rowsOf(ITEM, productId))[0]?.on_hand).toBe(9);
  });

  it('records a stale update and changes nothing', async () => {
    const productId = randomUUID();
    const late = observe({ productId, quantity: 3, sequence: 1 });
    const results = await ledger.executeBatch([
      observe({ productId, quantity: 30, sequence: 2 }),
      late,
    ]);
    expect(results.map((result) => result.outcome)).toEqual(['applied', 'stale']);
    const inbox = await pool.query('SELECT outcome FROM inbox_messages WHERE message_id = $1', [
      late.messageId,
    ]);
    expect(inbox.rows).toEqual([{ outcome: 'stale' }]);
    expect(await rowsOf(EVENTS, productId)).toEqual([]);
  });

  it('lets the most specific rule decide where neither message nor item does', async () => {
    const [ruled, other] = [randomUUID(), randomUUID()];
    const ruleId = randomUUID();
    await pool.query(
      `INSERT INTO threshold_rules (id, product_id, low_stock_threshold) VALUES ($1, $2, 40)`,
      [ruleId, ruled],
    );
    await ledger.executeBatch(
      [ruled, other].map((productId) => observe({ productId, quantity: 30, previousQuantity: 50 })),
    );
    const events = await rowsOf(EVENTS, ruled);
    expect(events.map((event) => event.event_type)).toContain('LOW_STOCK');
    expect(events[0]).toMatchObject({ low_stock_threshold: 40, threshold_source: 'rule' });
    expect(await rowsOf(EVENTS, other)).toHaveLength(1);
  });

  it('decides by the rule of an item that only its holds name', async () => {
    const [productId, orderId] = [randomUUID(), randomUUID()];
    await pool.query(
      `INSERT INTO threshold_rules (id, product_id, low_stock_threshold) VALUES ($1, $2, 40)`,
      [randomUUID(), productId],
    );
    const item = { productId, variantId: null, warehouseId: null };
    const about = (reservation: ReservationLedgerCommand['reservation']): LedgerCommand => ({
      messageId: randomUUID(),
      source: 'spec',
      bodyHash: createHash('sha1').update(JSON.stringify(reservation)).digest(),
      correlationId: randomUUID(),
      reservation,
    });
    const reserve = (id: string, quantity: number) =>
      about({ type: 'reserve', orderId: id, ttlMs: 60_000, lines: [{ item, quantity }] });
    await ledger.executeBatch([observe({ productId, quantity: 50 })]);
    await ledger.executeBatch([reserve(randomUUID(), 15), reserve(orderId, 5)]);
    // 30 are available, then 35: more than the default has, and low by the rule.
    const [result] = await ledger.executeBatch([about({ type: 'cancel', orderId })]);
    expect(result?.outcome).toBe('cancelled');
    expect(await rowsOf(ITEM, productId)).toMatchObject([{ reserved: 15, status: 'LOW_STOCK' }]);
  });

  it('writes nothing at all when one row is refused by the database', async () => {
    const [good, bad] = [randomUUID(), randomUUID()];
    const poison = observe({ productId: bad, quantity: 1, previousQuantity: 2 });
    poison.correlationId = 'nul \u0000 byte';
    const batch = [observe({ productId: good, quantity: 1, previousQuantity: 2 }), poison];
    await expect(ledger.executeBatch(batch)).rejects.toMatchObject({ code: '22021' });
    expect(await rowsOf(EVENTS, good)).toEqual([]);
    expect((await ledger.executeBatch(batch.slice(0, 1)))[0]?.outcome).toBe('applied');
  });

  it('keeps sequences gap-free and stock exact under concurrent batches of the same items', async () => {
    const products = Array.from({ length: 12 }, () => randomUUID());
    const rounds = 10;
    await Promise.all(
      Array.from({ length: 8 }, async (_, session) => {
        for (let round = 0; round < rounds; round += 1) {
          const shuffled = [...products].sort(() => (session % 2 === 0 ? 1 : -1));
          await ledger.executeBatch(
            shuffled.map((productId, index) =>
              observe({ productId, quantity: (session * 7 + round * 3 + index) % 25 }),
            ),
          );
        }
      }),
    );
    const { rows } = await pool.query(
      `SELECT i.sequence::int AS last, i.on_hand,
         (SELECT sum(m.quantity)::int FROM stock_movements m WHERE m.item_id = i.id) AS moved,
         (SELECT array_agg(e.sequence::int ORDER BY e.id) FROM inventory_events e
          WHERE e.item_id = i.id) AS by_id,
         (SELECT array_agg(o.sequence::int ORDER BY o.position) FROM outbox_messages o
          WHERE o.item_id = i.id) AS by_position
       FROM stock_items i WHERE i.product_id = ANY ($1)`,
      [products],
    );
    expect(rows).toHaveLength(products.length);
    for (const row of rows) {
      expect(row.moved).toBe(row.on_hand);
      const expected = Array.from({ length: row.last }, (_, index) => index + 1);
      expect([...row.by_id].sort((a, b) => a - b)).toEqual(expected);
      expect(row.by_position).toEqual(expected);
    }
  });

  it('recognises the same message sent through two sessions at once', async () => {
    const productId = randomUUID();
    const message = observe({ productId, quantity: 4, previousQuantity: 30 });
    await ledger.executeBatch([observe({ productId: randomUUID(), quantity: 1 })]);
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, async () => (await ledger.executeBatch([message]))[0]?.outcome),
    );
    expect(outcomes.sort()).toEqual(['applied', ...Array(5).fill('duplicate')]);
  });

  it('lets one of two messages with the same id about different items have its effect', async () => {
    for (let round = 0; round < 20; round += 1) {
      const items = [randomUUID(), randomUUID()];
      const messageId = randomUUID();
      await ledger.executeBatch(items.map((productId) => observe({ productId, quantity: 5 })));
      const results = await Promise.all(
        items.map((productId) =>
          ledger.executeBatch([observe({ productId, quantity: 3, messageId })]),
        ),
      );
      expect(results.map(([result]) => result?.outcome).sort()).toEqual(['applied', 'conflict']);
    }
  });

  it('holds on, retryably, while the partition of today is missing', async () => {
    await pool.query('BEGIN; ALTER TABLE inbox_messages RENAME TO hidden; COMMIT');
    try {
      await pool.query(
        `CREATE TABLE inbox_messages (LIKE hidden INCLUDING DEFAULTS) PARTITION BY RANGE (period)`,
      );
      await expect(
        ledger.executeBatch([observe({ productId: randomUUID(), quantity: 5 })]),
      ).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true });
    } finally {
      await pool.query(
        'DROP TABLE IF EXISTS inbox_messages; ALTER TABLE hidden RENAME TO inbox_messages',
      );
    }
  });
});
