import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { FIND_ITEMS_SQL, findItems } from '../stock/find-items';
import { DELETE_ORDER_OUTCOMES_SQL } from './delete-order-outcomes';
import { EXPIRE_ORDER_OUTCOMES_SQL, expireOrderOutcomes } from './expire-order-outcomes';
import { READ_ORDER_OUTCOMES_SQL } from './read-order-outcomes';

const ROWS = 20_000;
const OLD_ROWS = 250;

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'plan spec', max: 1 });
  await pool.query(`INSERT INTO order_outcomes
      (order_id, outcome, message_id, source, correlation_id, created_at)
    SELECT gen_random_uuid(), 'COMMIT', gen_random_uuid(), 'plan', 'plan',
      now() - CASE WHEN n <= ${OLD_ROWS} THEN interval '8 days' ELSE interval '1 hour' END
    FROM generate_series(1, ${ROWS}) AS n`);
  await pool.query(`INSERT INTO stock_items (id, product_id, warehouse_id, sku)
    SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'SKU-' || n / 2
    FROM generate_series(1, ${ROWS}) AS n`);
  await pool.query('ANALYZE');
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function genericPlan(sql: string, parameterTypes: string[]): Promise<string> {
  await pool.query('SET plan_cache_mode = force_generic_plan');
  await pool.query(`PREPARE planned (${parameterTypes.join(', ')}) AS ${sql}`);
  try {
    const nulls = parameterTypes.map(() => 'NULL').join(', ');
    const { rows } = await pool.query(`EXPLAIN EXECUTE planned (${nulls})`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await pool.query('DEALLOCATE planned');
  }
}

describe('plans of the order outcomes', () => {
  it('reads by order', async () => {
    const plan = await genericPlan(READ_ORDER_OUTCOMES_SQL, ['uuid[]']);
    expect(plan).toContain('order_outcomes_message_key');
    expect(plan).not.toContain('Seq Scan');
  });

  it('deletes by primary key', async () => {
    const plan = await genericPlan(DELETE_ORDER_OUTCOMES_SQL, ['bigint[]']);
    expect(plan).toContain('order_outcomes_pkey');
    expect(plan).not.toContain('Seq Scan');
  });

  it('finds the expired by age, up to a limit, and deletes them by primary key', async () => {
    const plan = await genericPlan(EXPIRE_ORDER_OUTCOMES_SQL, ['int', 'int']);
    expect(plan).toContain('order_outcomes_created_at_idx');
    expect(plan).toContain('order_outcomes_pkey');
    expect(plan).toContain('Limit');
    expect(plan).not.toContain('Seq Scan');
  });

  it('finds items by id and by SKU', async () => {
    const plan = await genericPlan(FIND_ITEMS_SQL, ['uuid[]', 'text[]']);
    expect(plan).toContain('stock_items_pkey');
    expect(plan).toContain('stock_items_sku_idx');
    expect(plan).not.toContain('Seq Scan');
  });
});

describe('expireOrderOutcomes', () => {
  it('deletes all that is too old in bounded steps, and nothing else', async () => {
    const left = async () =>
      Number((await pool.query('SELECT count(*) FROM order_outcomes')).rows[0].count);
    expect(await expireOrderOutcomes(pool, { days: 7, rowsPerStatement: 100 })).toBe(OLD_ROWS);
    expect(await left()).toBe(ROWS - OLD_ROWS);
    expect(await expireOrderOutcomes(pool, { days: 7 })).toBe(0);
  });
});

describe('findItems', () => {
  it('finds every item of a SKU, the one of an id, and each once', async () => {
    const { rows } = await pool.query(`SELECT id, sku FROM stock_items WHERE sku = 'SKU-7'`);
    const ids = rows.map((row) => row.id);
    const found = await findItems(pool, { ids: [ids[0], randomUUID()], skus: ['SKU-7', "'"] });
    expect(found.map((item) => item.id)).toEqual([...ids].sort());
    expect(found[0]).toMatchObject({ variantId: null, warehouseId: expect.any(String) });
  });
});
