import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { uuidV7Floor } from '../ids/uuid-v7-floor';
import { maintainPartitions } from './maintain-partitions';

const RETENTION = { auditDays: 30, movementDays: 0, inboxDays: 14 };
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'partitions spec' });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function partitionCount(parent: string): Promise<number> {
  const { rows } = await pool.query(
    'SELECT count(*)::int AS count FROM pg_inherits WHERE inhparent = $1::regclass',
    [parent],
  );
  return rows[0].count;
}

function startMs(name: string): number {
  return Date.parse(name.replace(/^.*_(\d{4})(\d{2})(\d{2})t.*$/, '$1-$2-$3T00:00:00Z'));
}

describe('maintainPartitions', () => {
  it('finds everything made ahead right after the migrations', async () => {
    expect(await maintainPartitions(pool, RETENTION)).toEqual({
      outcome: 'done',
      made: 0,
      dropped: [],
    });
  });

  it('makes the partitions that time will need', async () => {
    await pool.query(`DO $$ DECLARE name regclass; BEGIN
      FOR name IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'inbox_messages'::regclass
      LOOP EXECUTE format('DROP TABLE %s', name); END LOOP; END $$`);
    const { made } = await maintainPartitions(pool, RETENTION);
    expect(made).toBeGreaterThanOrEqual(3);
    expect(await partitionCount('inbox_messages')).toBe(made);
  });

  it('drops what is wholly past its retention, and only that', async () => {
    for (const parent of ['inventory_events', 'stock_movements', 'inbox_messages']) {
      await pool.query(
        `SELECT ensure_time_partitions('${parent}', interval '7 days',
           now() - interval '60 days', now())`,
      );
    }
    const movementPartitions = await partitionCount('stock_movements');
    const { dropped } = await maintainPartitions(pool, RETENTION);
    for (const [parent, days] of [
      ['inventory_events', 30],
      ['inbox_messages', 14],
    ] as const) {
      const starts = dropped.filter((name) => name.startsWith(parent)).map(startMs);
      expect(starts.length).toBeGreaterThanOrEqual(4);
      const limit = Date.now() - days * DAY_MS;
      expect(Math.max(...starts) + WEEK_MS).toBeLessThanOrEqual(limit);
      expect(Math.max(...starts) + 2 * WEEK_MS).toBeGreaterThan(limit);
    }
    expect(await partitionCount('stock_movements')).toBe(movementPartitions);
    const kept = uuidV7Floor(Date.now() - 29 * DAY_MS);
    await pool.query(
      `INSERT INTO inventory_events (id, product_id, item_id, event_type, sequence, cause,
         correlation_id, data) VALUES ($1, $1, $1, 'LOW_STOCK', 1, 'observe', 'c', '{}')`,
      [kept],
    );
  });

  it('is done once when several replicas run it at the same moment', async () => {
    await pool.query(
      `SELECT ensure_time_partitions('inbox_messages', interval '7 days',
         now() - interval '40 days', now())`,
    );
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => maintainPartitions(pool, RETENTION)),
    );
    const dropped = runs.flatMap((run) => run.dropped);
    expect(new Set(dropped).size).toBe(dropped.length);
    expect(dropped.length).toBeGreaterThan(0);
  });
});
