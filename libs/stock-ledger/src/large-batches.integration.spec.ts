import { createHash, randomUUID } from 'node:crypto';
import { createPool } from '@inventory-events/data-access';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createStockLedger, type StockLedger } from './create-stock-ledger';
import type { ItemLedgerCommand, ReservationLedgerCommand } from './ledger-command';
import { insertHolds } from './testing/insert-holds';

/** More than are decided at a time. */
const ORDERS = 150;

let database: TestDatabase;
let pool: Pool;
let ledger: StockLedger;

beforeEach(async () => {
  database = await createTestDatabase();
  // One session, which keeps its plans from batch to batch.
  const options = { applicationName: 'large batches spec', max: 1, pipeline: true };
  pool = createPool({ connectionString: database.url, ...options });
  const defaults = { defaultLowStockThreshold: 2, defaultHysteresis: 0 };
  ledger = createStockLedger({ pool, defaults });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

const itemOf = (productId: string) => ({ productId, variantId: null, warehouseId: null });

function context(body: unknown) {
  const bodyHash = createHash('sha1').update(JSON.stringify(body)).digest();
  return { messageId: randomUUID(), source: 'spec', bodyHash, correlationId: randomUUID() };
}

function receive(productId: string, quantity: number): ItemLedgerCommand {
  const command = { type: 'receive', quantity } as const;
  return { ...context(command), item: itemOf(productId), command };
}

function about(reservation: ReservationLedgerCommand['reservation']): ReservationLedgerCommand {
  return { ...context(reservation), reservation };
}

function reserve(orderId: string, productId: string): ReservationLedgerCommand {
  const lines = [{ item: itemOf(productId), quantity: 1 }];
  return about({ type: 'reserve', orderId, ttlMs: 60_000, lines });
}

describe('a batch that is decided in steps', () => {
  it('comes to what its commands come to one by one', async () => {
    const productId = randomUUID();
    const orderIds = Array.from({ length: ORDERS }, () => randomUUID());
    const reservations = orderIds.map((orderId) => reserve(orderId, productId));
    const cancelled = orderIds.slice(0, 50);
    const results = await ledger.executeBatch([
      receive(productId, ORDERS - 10),
      ...reservations,
      ...cancelled.map((orderId) => about({ type: 'cancel', orderId })),
      ...reservations.slice(0, 5),
    ]);

    const outcomes = results.map((result) => result.outcome);
    expect(outcomes.slice(1, ORDERS - 9)).toEqual(Array(ORDERS - 10).fill('reserved'));
    expect(outcomes.slice(ORDERS - 9, ORDERS + 1)).toEqual(Array(10).fill('insufficient_stock'));
    expect(outcomes.slice(ORDERS + 1, -5)).toEqual(Array(50).fill('cancelled'));
    expect(outcomes.slice(-5)).toEqual(Array(5).fill('duplicate'));
    const { rows } = await pool.query(
      `SELECT i.on_hand, i.reserved, i.sequence::int,
         (SELECT array_agg(sequence::int ORDER BY id) FROM inventory_events) AS logged,
         (SELECT array_agg(sequence::int ORDER BY position) FROM outbox_messages) AS told,
         (SELECT count(*)::int FROM reservations WHERE status = 'PENDING') AS pending,
         (SELECT count(*)::int FROM reservations WHERE status = 'CANCELLED') AS cancelled
       FROM stock_items i`,
    );
    const [item] = rows;
    const numbers = Array.from({ length: item.sequence }, (_, index) => index + 1);
    expect(item).toMatchObject({
      on_hand: ORDERS - 10,
      reserved: ORDERS - 60,
      logged: numbers,
      told: numbers,
      pending: ORDERS - 60,
      cancelled: 50,
    });
  });

  it('writes nothing when the database refuses a row of a step', async () => {
    const commands = Array.from({ length: ORDERS }, () => receive(randomUUID(), 1));
    const [bad = 0, good = 1] = [10, 11];
    (commands[bad] as ItemLedgerCommand).correlationId = 'nul \u0000 byte';
    await expect(ledger.executeBatch(commands)).rejects.toMatchObject({ code: '22021' });
    const { rows } = await pool.query('SELECT count(*)::int AS n FROM inventory_events');
    expect(rows).toEqual([{ n: 0 }]);
    expect((await ledger.executeBatch(commands.slice(good)))[0]?.outcome).toBe('applied');
  });
});

describe('a session of the ledger', () => {
  /** How often tables were read through; the session tells of itself at the end of a statement. */
  async function scansOf(): Promise<unknown> {
    await pool.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await pool.query(
      `SELECT relname, seq_scan::int FROM pg_stat_user_tables
       WHERE relname IN ('reservations', 'stock_items') OR relname LIKE 'inbox_messages_%'
       ORDER BY relname`,
    );
    return rows;
  }

  it('never reads tables through, though they were empty when its statements were planned', async () => {
    const productId = randomUUID();
    const batchOf = (size: number) =>
      Array.from({ length: size }, () => reserve(randomUUID(), productId));
    await ledger.executeBatch([receive(productId, 10_000)]);
    // Plans for whatever values are made, and kept, from the sixth time on.
    for (let round = 0; round < 8; round += 1) await ledger.executeBatch(batchOf(100));
    await insertHolds(pool, { items: 2_000, holdsPerItem: 10, overdueSeconds: -60 });
    const before = await scansOf();
    await ledger.executeBatch(batchOf(100));
    expect(await scansOf()).toEqual(before);
  });
});
