import { createPool } from '@inventory-events/data-access';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createStockLedger, type StockLedger } from '../create-stock-ledger';
import { insertHolds } from '../testing/insert-holds';
import { createReservationSweep, type ReservationSweepDeps } from './create-reservation-sweep';

let database: TestDatabase;
let pool: Pool;
let ledger: StockLedger;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool({
    connectionString: database.url,
    applicationName: 'sweep spec',
    max: 8,
    pipeline: true,
  });
  ledger = createStockLedger({
    pool,
    defaults: { defaultLowStockThreshold: 2, defaultHysteresis: 0 },
  });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

const sweepOf = (deps: Partial<ReservationSweepDeps> = {}) =>
  createReservationSweep({ pool, ledger, ...deps });

async function numbers() {
  const { rows } = await pool.query(
    `SELECT
       (SELECT count(*)::int FROM reservations WHERE status = 'PENDING') AS pending,
       (SELECT count(*)::int FROM reservations WHERE status = 'EXPIRED') AS expired,
       (SELECT sum(reserved)::int FROM stock_items) AS reserved,
       (SELECT count(*)::int FROM inventory_events WHERE event_type = 'InventoryReleasedEvent')
         AS events,
       (SELECT count(DISTINCT data->>'reservationId')::int FROM inventory_events
        WHERE data->>'reasonForRelease' = 'RESERVATION_EXPIRED') AS released,
       (SELECT count(*)::int FROM outbox_messages
        WHERE routing_key = 'inventory.reservation.released') AS published,
       (SELECT bool_and(i.sequence = (SELECT count(*) FROM inventory_events e
          WHERE e.item_id = i.id)) FROM stock_items i) AS numbered`,
  );
  return rows[0];
}

const allReleased = (holds: number) => ({
  pending: 0,
  expired: holds,
  reserved: 0,
  events: holds,
  released: holds,
  published: holds,
  numbered: true,
});

describe('createReservationSweep', () => {
  it('releases 5,000 overdue holds, each with its event and the trace of its order', async () => {
    await insertHolds(pool, { items: 100, holdsPerItem: 50, overdueSeconds: 5 });
    const result = await sweepOf().run();
    expect(result).toEqual({ outcome: 'done', releasedHolds: 5_000, failures: [] });
    expect(await numbers()).toEqual(allReleased(5_000));
    const { rows } = await pool.query(
      `SELECT count(DISTINCT correlation_id)::int AS traces FROM inventory_events`,
    );
    expect(rows[0].traces).toBe(5_000);
  });

  it('releases every hold of an order that is cut by the size of a batch', async () => {
    await insertHolds(pool, { items: 7, holdsPerItem: 3, holdsPerOrder: 7, overdueSeconds: 5 });
    const result = await sweepOf({ batchSize: 5 }).run();
    expect(result.releasedHolds).toBe(21);
    expect(await numbers()).toEqual(allReleased(21));
  });

  it('leaves holds whose time has not come', async () => {
    await insertHolds(pool, { items: 2, holdsPerItem: 3, overdueSeconds: -60 });
    await insertHolds(pool, { items: 1, holdsPerItem: 1, overdueSeconds: 1 });
    expect((await sweepOf().run()).releasedHolds).toBe(1);
    expect((await sweepOf().run()).releasedHolds).toBe(0);
    expect(await numbers()).toMatchObject({ pending: 6, expired: 1, reserved: 6, released: 1 });
  });

  it('releases each hold once when several replicas sweep at the same moment', async () => {
    await insertHolds(pool, { items: 20, holdsPerItem: 20, overdueSeconds: 5 });
    const results = await Promise.all(
      Array.from({ length: 4 }, () => sweepOf({ batchSize: 50 }).run()),
    );
    expect(results.filter(({ outcome }) => outcome === 'done').length).toBeGreaterThanOrEqual(1);
    expect(results.reduce((sum, { releasedHolds }) => sum + releasedHolds, 0)).toBe(400);
    expect(await numbers()).toEqual(allReleased(400));
  });

  it('does no harm where two sweeps run in spite of the lock', async () => {
    await insertHolds(pool, { items: 10, holdsPerItem: 20, overdueSeconds: 5 });
    let isFirst = true;
    const meddling: StockLedger = {
      async executeBatch(commands) {
        // What this sweep has found is released by another one before it comes to act.
        if (isFirst) {
          isFirst = false;
          const others = commands.map((command) => ({ ...command, messageId: randomUUID() }));
          await ledger.executeBatch(others);
        }
        return ledger.executeBatch(commands);
      },
    };
    await sweepOf({ ledger: meddling, batchSize: 60 }).run();
    expect(await numbers()).toEqual(allReleased(200));
  });

  it('goes on after a commit of which it never heard', async () => {
    await insertHolds(pool, { items: 10, holdsPerItem: 10, overdueSeconds: 5 });
    const deaf: StockLedger = {
      async executeBatch(commands) {
        await ledger.executeBatch(commands);
        throw new Error('Connection terminated unexpectedly');
      },
    };
    await expect(sweepOf({ ledger: deaf, batchSize: 30 }).run()).rejects.toThrow('terminated');
    expect((await numbers()).expired).toBe(30);
    expect((await sweepOf().run()).releasedHolds).toBe(70);
    expect(await numbers()).toEqual(allReleased(100));
  });

  it('releases the others where one hold cannot be, and leaves that one for later', async () => {
    const [broken] = await insertHolds(pool, { items: 10, holdsPerItem: 4, overdueSeconds: 5 });
    // As no ledger leaves it: less reserved than is held, so that a release would go below zero.
    await pool.query('UPDATE stock_items SET reserved = 3 WHERE id = $1', [broken]);
    const sweep = sweepOf({ batchSize: 13 });
    const { releasedHolds, failures } = await sweep.run();
    expect(releasedHolds).toBe(39);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.error.message).toContain('stock_items_reserved_check');
    expect(await sweep.run()).toEqual({ outcome: 'done', releasedHolds: 0, failures: [] });
    const impatient = sweepOf({ retryFailedAfterMs: 0 });
    expect((await impatient.run()).failures).toHaveLength(1);
    await pool.query('UPDATE stock_items SET reserved = 1 WHERE id = $1', [broken]);
    expect((await impatient.run()).releasedHolds).toBe(1);
    expect(await numbers()).toEqual(allReleased(40));
  });

  it('stops after the batch under way when it is told to', async () => {
    await insertHolds(pool, { items: 10, holdsPerItem: 10, overdueSeconds: 5 });
    const abort = new AbortController();
    const stopping: StockLedger = {
      async executeBatch(commands) {
        abort.abort();
        return ledger.executeBatch(commands);
      },
    };
    const result = await sweepOf({ ledger: stopping, batchSize: 10 }).run(abort.signal);
    expect(result.releasedHolds).toBe(10);
    expect((await numbers()).pending).toBe(90);
  });
});
