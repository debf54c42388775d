import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { LOCK_ITEMS_AND_HELD_ITEMS_SQL } from '../stock/lock-items';
import { READ_RESERVATIONS_SQL } from './read-reservations';
import { UPDATE_RESERVATIONS_SQL } from './update-reservations';

const ITEMS = 20_000;
const HOLDS = 40_000;

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'plan spec', max: 1 });
  await pool.query(`INSERT INTO stock_items (id, product_id, on_hand, reserved)
    SELECT gen_random_uuid(), gen_random_uuid(), 1000, 10 FROM generate_series(1, ${ITEMS})`);
  // Most have ended, as in a shop of some age.
  await pool.query(`INSERT INTO reservations
      (id, order_id, item_id, quantity, status, expires_at, correlation_id)
    SELECT gen_random_uuid(), gen_random_uuid(), item.id, 1,
      CASE WHEN n % 10 = 0 THEN 'PENDING' ELSE 'COMMITTED' END::reservation_status,
      now() + n * interval '1 second', 'plan'
    FROM generate_series(1, ${HOLDS}) AS n
    JOIN (SELECT id, row_number() OVER () AS at FROM stock_items) AS item
      ON item.at = n % ${ITEMS} + 1`);
  await pool.query('ANALYZE');
  await pool.query('SET plan_cache_mode = force_generic_plan');
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The plan that the named, prepared statement settles on. */
async function genericPlan(sql: string, parameterTypes: string[]): Promise<string> {
  await pool.query(`PREPARE planned (${parameterTypes.join(', ')}) AS ${sql}`);
  try {
    const nulls = parameterTypes.map(() => 'NULL').join(', ');
    const { rows } = await pool.query(`EXPLAIN EXECUTE planned (${nulls})`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await pool.query('DEALLOCATE planned');
  }
}

describe('plans of the reservations', () => {
  it('locks what orders and holds are on by index, in the order of the ids', async () => {
    const types = ['uuid[]', 'uuid[]', 'uuid[]', 'uuid[]', 'uuid[]'];
    const plan = await genericPlan(LOCK_ITEMS_AND_HELD_ITEMS_SQL, types);
    expect(plan).toContain('stock_items_item_key');
    expect(plan).toContain('reservations_order_id_idx');
    expect(plan).toContain('reservations_pkey');
    expect(plan).not.toContain('Seq Scan');
    expect(plan).toMatch(/LockRows[\s\S]*Sort[\s\S]*Sort Key: i\.id/);
  });

  it('reads by order, by id, and the overdue ones of an item, each by its index', async () => {
    const plan = await genericPlan(READ_RESERVATIONS_SQL, ['uuid[]', 'uuid[]', 'uuid[]']);
    expect(plan).toContain('reservations_order_id_idx');
    expect(plan).toContain('reservations_pkey');
    expect(plan).toContain('reservations_pending_item_idx');
    expect(plan).not.toContain('Seq Scan');
  });

  it('updates by primary key', async () => {
    const types = ['uuid[]', 'int[]', 'reservation_status[]', 'float8[]', 'float8'];
    const plan = await genericPlan(UPDATE_RESERVATIONS_SQL, types);
    expect(plan).toContain('reservations_pkey');
    expect(plan).not.toContain('Seq Scan');
  });
});
