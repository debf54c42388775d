import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { FIND_OVERDUE_ORDERS_SQL, findOverdueOrders } from './find-overdue-orders';
import { READ_OLDEST_OVERDUE_AGE_SQL, readOldestOverdueAge } from './read-oldest-overdue-age';
import { READ_RESERVATIONS_SQL } from './read-reservations';
import { UPDATE_RESERVATIONS_SQL } from './update-reservations';

const PENDING = 50_000;
const OVERDUE = 30;
/** Items of one batch. */
const WANTED = 700;
const PRODUCT = '00000000-0000-7000-8000-0000000000ff';
const NIL = '00000000-0000-0000-0000-000000000000';

let database: TestDatabase;
let pool: Pool;

/**
 * Many holds whose time has not come, half of them of one item, a few of that item whose time has
 * passed, and many that were sold.
 */
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'plan spec', max: 1 });
  await pool.query(`INSERT INTO stock_items (id, product_id, on_hand, reserved)
    SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
      CASE n WHEN 1 THEN '${PRODUCT}'::uuid ELSE gen_random_uuid() END, 9, 9
    FROM generate_series(1, 5000) n`);
  const insert = (count: number, status: string, expiry: string, items: number) =>
    pool.query(`INSERT INTO reservations
      (id, order_id, item_id, quantity, status, expires_at, correlation_id)
      SELECT gen_random_uuid(), gen_random_uuid(),
        ('00000000-0000-7000-8000-' || lpad(to_hex(n % ${items} + 1), 12, '0'))::uuid, 1,
        '${status}', ${expiry}, 'c'
      FROM generate_series(1, ${count}) n`);
  const later = 'now() + make_interval(mins => 10, secs => n / 1000.0)';
  const earlier = 'now() - make_interval(secs => n)';
  await insert(PENDING / 2, 'PENDING', later, 1);
  await insert(PENDING / 2, 'PENDING', later, 5000);
  await insert(PENDING, 'COMMITTED', earlier, 5000);
  await insert(OVERDUE, 'PENDING', earlier, 1);
  await pool.query('ANALYZE');
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

interface PlanNode {
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** Runs the prepared statement's own plan, and tells which indexes it used and what it read. */
async function run(sql: string, types: string, values: string, mode = 'force_generic_plan') {
  await pool.query(`SET plan_cache_mode = ${mode}`);
  await pool.query(`PREPARE planned ${types} AS ${sql}`);
  try {
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE planned ${values}`);
    const scans = nodesOf(rows[0]['QUERY PLAN'][0].Plan).filter(
      (node) => node['Relation Name'] !== undefined || node['Index Name'] !== undefined,
    );
    return {
      indexes: new Set(scans.flatMap((node) => node['Index Name'] ?? [])),
      tablesRead: scans.filter((node) => node['Index Name'] === undefined && !node.Plans),
      rowsRead: scans.reduce(
        (sum, node) =>
          sum +
          (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        0,
      ),
    };
  } finally {
    await pool.query('DEALLOCATE planned');
  }
}

describe('plans about reservations, beside 50,000 holds that are not overdue', () => {
  it('finds overdue holds by their expiry and looks at no others', async () => {
    const plan = await run(
      FIND_OVERDUE_ORDERS_SQL,
      '(int, timestamptz, uuid)',
      `(500, '-infinity', '${NIL}')`,
    );
    expect(plan.indexes).toEqual(new Set(['reservations_pending_expiry_idx']));
    expect(plan.rowsRead).toBe(OVERDUE);
  });

  it('goes on behind a page without reading it again', async () => {
    const { end } = await findOverdueOrders(pool, { limit: 20 });
    const plan = await run(
      FIND_OVERDUE_ORDERS_SQL,
      '(int, timestamptz, uuid)',
      `(500, '${end?.expiresAt}', '${end?.reservationId}')`,
    );
    expect(plan.indexes).toEqual(new Set(['reservations_pending_expiry_idx']));
    expect(plan.rowsRead).toBeLessThanOrEqual(OVERDUE - 20 + 1);
    const rest = await findOverdueOrders(pool, { limit: 20, after: end });
    expect(rest.holdCount).toBe(OVERDUE - 20);
  });

  it('tells the longest overdue hold from the first entry of the index', async () => {
    const plan = await run(READ_OLDEST_OVERDUE_AGE_SQL, '', '');
    expect(plan.indexes).toEqual(new Set(['reservations_pending_expiry_idx']));
    expect(plan.rowsRead).toBe(1);
    expect(await readOldestOverdueAge(pool)).toBeGreaterThanOrEqual(OVERDUE);
  });

  it("reads an item's overdue holds, and none of its other ones, beside what a batch names", async () => {
    const { rows } = await pool.query(
      `SELECT id, order_id FROM reservations WHERE status = 'COMMITTED' LIMIT 1`,
    );
    const plan = await run(
      READ_RESERVATIONS_SQL,
      '(uuid[], uuid[], uuid[], uuid[], uuid[])',
      `('{${rows[0].order_id}}', '{${rows[0].id}}', '{${PRODUCT}}', '{${NIL}}', '{${NIL}}')`,
    );
    expect(plan.indexes).toEqual(
      new Set([
        'reservations_order_id_idx',
        'reservations_pkey',
        'stock_items_item_key',
        'reservations_pending_item_idx',
      ]),
    );
    expect(plan.rowsRead).toBeLessThanOrEqual(OVERDUE + 5);
  });

  it('looks items up one by one where statistics are from before the first hold', async () => {
    await pool.query('UPDATE stock_items SET reserved = 0');
    await pool.query('ANALYZE stock_items');
    await pool.query('UPDATE stock_items SET reserved = 9');
    const { rows } = await pool.query(
      `SELECT array_agg(product_id)::text AS ids, array_agg(variant_id)::text AS nils
       FROM (SELECT product_id, variant_id FROM stock_items LIMIT ${WANTED}) AS wanted`,
    );
    const { ids, nils } = rows[0];
    await pool.query('SET enable_seqscan = off'); // as the ledger does
    const plan = await run(
      READ_RESERVATIONS_SQL,
      '(uuid[], uuid[], uuid[], uuid[], uuid[])',
      `('{}', '{}', '${ids}', '${nils}', '${nils}')`,
      'force_custom_plan',
    );
    await pool.query('RESET enable_seqscan');
    expect(plan.rowsRead).toBeLessThanOrEqual(WANTED + OVERDUE);
  });

  it('updates reservations by primary key', async () => {
    const plan = await run(
      UPDATE_RESERVATIONS_SQL,
      '(uuid[], int[], reservation_status[], float8[], float8, boolean[])',
      `('{${NIL}}', '{1}', '{PENDING}', '{0}', 0, '{f}')`,
    );
    expect(plan.indexes).toEqual(new Set(['reservations_pkey']));
  });
});
