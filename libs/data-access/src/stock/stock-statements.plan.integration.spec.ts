import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { FIND_PROCESSED_MESSAGES_SQL } from './find-processed-messages';
import { LOCK_ITEMS_SQL } from './lock-items';
import { READ_CLOCK_AND_RULES_SQL } from './read-clock-and-rules';
import { UPDATE_ITEMS_SQL } from './update-items';

const ROWS = 20_000;

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'plan spec', max: 1 });
  await pool.query(`INSERT INTO stock_items (id, product_id)
    SELECT gen_random_uuid(), gen_random_uuid() FROM generate_series(1, ${ROWS})`);
  await pool.query(`INSERT INTO threshold_rules (id, product_id, low_stock_threshold)
    SELECT gen_random_uuid(), gen_random_uuid(), 5 FROM generate_series(1, ${ROWS})`);
  await pool.query(`INSERT INTO inbox_messages (message_id, period, source, body_hash, outcome)
    SELECT gen_random_uuid(), current_date, 'plan', '\\x00', 'applied'
    FROM generate_series(1, ${ROWS})`);
  await pool.query('ANALYZE');
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The plan that the named, prepared statement settles on. */
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

describe('plans of the batch write', () => {
  it('locks items by their key, in the order of their ids', async () => {
    const plan = await genericPlan(LOCK_ITEMS_SQL, ['uuid[]', 'uuid[]', 'uuid[]']);
    expect(plan).toContain('stock_items_item_key');
    expect(plan).not.toContain('Seq Scan');
    expect(plan).toMatch(/LockRows[\s\S]*Sort[\s\S]*Sort Key: i\.id/);
  });

  it('updates items by primary key', async () => {
    const plan = await genericPlan(UPDATE_ITEMS_SQL, [
      'uuid[]',
      'int[]',
      'int[]',
      'stock_status[]',
      'bigint[]',
      'boolean[]',
      'text[]',
      'bigint[]',
      'float8[]',
      'float8',
      'int[]',
      'int[]',
      'int[]',
      'bigint[]',
    ]);
    expect(plan).toContain('stock_items_pkey');
    expect(plan).not.toContain('Seq Scan');
  });

  it('looks messages up in the primary key of each filled partition', async () => {
    const plan = await genericPlan(FIND_PROCESSED_MESSAGES_SQL, ['uuid[]']);
    const filled = await pool.query(
      'SELECT tableoid::regclass::text AS name FROM inbox_messages LIMIT 1',
    );
    expect(plan).toContain(`${filled.rows[0].name}_pkey`);
    expect(plan).not.toContain(`Seq Scan on ${filled.rows[0].name}`);
  });

  it('finds the rules of the products and those of any product by index', async () => {
    const plan = await genericPlan(READ_CLOCK_AND_RULES_SQL, ['uuid[]']);
    expect(plan.match(/threshold_rules_scope_key/g)).toHaveLength(2);
    expect(plan).not.toContain('Seq Scan on threshold_rules');
  });
});
