import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { archiveMovementsSql } from './archive-movements';
import { LIST_DRIFTED_ITEM_IDS_SQL, LIST_ITEM_IDS_SQL } from './list-item-ids';
import { READ_BALANCES_SQL } from './read-balances';
import { READ_PROOFS_SQL } from './read-proofs';
import { READ_ITEMS_TOUCHED_BETWEEN_SQL, READ_ITEMS_TOUCHED_BY_SQL } from './read-touched-items';
import { MARK_DRIFTS_REPORTED_SQL, SAVE_PROOFS_SQL } from './save-proofs';
import { SUM_MOVEMENTS_SQL } from './sum-movements';

const ITEMS = 2_000;
const MOVEMENTS_PER_ITEM = 40;
const HOT = '00000000-0000-7000-8000-000000000001';
const NIL = '00000000-0000-0000-0000-000000000000';
const DAYS = 20;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

let database: TestDatabase;
let pool: Pool;
/** Of two transactions that wrote after the bulk of the rows; others of the server may lie between. */
let eventsXid: bigint;
let movementsXid: bigint;

const itemId = (n: string) =>
  `('00000000-0000-7000-8000-' || lpad(to_hex((${n})::int), 12, '0'))::uuid`;
const idAt = (daysAgo: string, n: string) =>
  `(substr(uuid_v7_floor(now() - make_interval(secs => ${daysAgo} * 86400.0))::text, 1, 24)
    || lpad(to_hex(${n}), 12, '0'))::uuid`;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'plan spec', max: 1 });
  for (const table of ['inventory_events', 'stock_movements']) {
    await pool.query(`SELECT ensure_time_partitions('${table}', interval '7 days',
      now() - interval '${DAYS + 1} days', now() + interval '7 days')`);
  }
  await pool.query(`INSERT INTO stock_items (id, product_id, on_hand, baselined)
    SELECT ${itemId('n')}, gen_random_uuid(), 9, true FROM generate_series(1, ${ITEMS}) n`);
  const rows = ITEMS * MOVEMENTS_PER_ITEM;
  await pool.query(`INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after, reason)
    SELECT ${idAt(`${DAYS}.0 * (1 - n / ${rows}.0)`, 'n')}, ${itemId(`n % ${ITEMS} + 1`)},
      'OUTBOUND', -1, 0, CASE WHEN n <= ${ITEMS} THEN 'baseline' ELSE 'observed' END
    FROM generate_series(1, ${rows}) n`);
  await pool.query(`INSERT INTO inventory_events (id, product_id, item_id, event_type, sequence, cause,
      correlation_id, data)
    SELECT ${idAt(`${DAYS}.0 * (1 - n / ${rows}.0)`, 'n')}, gen_random_uuid(),
      ${itemId(`n % ${ITEMS} + 1`)}, 'StockLevelChangedEvent', n, 'observe', 'c' || n, '{}'
    FROM generate_series(1, ${rows}) n`);
  await pool.query(`INSERT INTO reservations
      (id, order_id, item_id, quantity, status, expires_at, correlation_id)
    SELECT gen_random_uuid(), gen_random_uuid(), ${itemId(`n % ${ITEMS} + 1`)}, 1,
      CASE WHEN (n / ${ITEMS}) % 10 = 0 THEN 'PENDING' ELSE 'COMMITTED' END::reservation_status, now(), 'c'
    FROM generate_series(1, ${rows}) n`);
  await pool.query(`INSERT INTO stock_proofs (item_id, drift_id)
    SELECT id, CASE WHEN right(id::text, 3) = '001' THEN gen_random_uuid() END FROM stock_items`);
  await pool.query('VACUUM ANALYZE');
  // What a run has to find.
  eventsXid = await insert(`INSERT INTO inventory_events (id, product_id, item_id, event_type,
      sequence, cause, correlation_id, data)
    SELECT ${idAt('0', 'n')}, gen_random_uuid(), ${itemId('n')}, 'LOW_STOCK', 1, 'observe', 'd', '{}'
    FROM generate_series(1, 10) n`);
  movementsXid = await insert(`INSERT INTO stock_movements (id, item_id, type, quantity,
      quantity_after, reason)
    SELECT ${idAt('0', 'n')}, ${itemId('n')}, 'ADJUSTMENT', 0, 0, 'baseline'
    FROM generate_series(11, 15) n`);
}, 60_000);

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function insert(sql: string): Promise<bigint> {
  const { rows } = await pool.query<{ xid: string }>(`${sql} RETURNING xid`);
  return BigInt(rows[0]?.xid ?? 0);
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** Runs it for real; prepared statements with the plan that doesn't know the values. */
async function run(sql: string, types: string, values: string, mode = 'force_generic_plan') {
  await pool.query(`SET plan_cache_mode = ${mode}`);
  await pool.query(`PREPARE planned ${types} AS ${sql}`);
  await pool.query('BEGIN');
  try {
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE planned ${values}`);
    const nodes = nodesOf(rows[0]['QUERY PLAN'][0].Plan).filter((node) => node['Actual Loops'] > 0);
    const scans = nodes.filter((node) => node['Relation Name'] !== undefined && readBy(node) > 0);
    const used = nodes.flatMap((node) => node['Index Name'] ?? []);
    return {
      indexes: new Set(used.map((name) => name.replace(/_\d{8}t\d{4}/, ''))),
      tablesRead: scans.filter((node) => node['Node Type'] === 'Seq Scan').map(relationOf),
      rowsRead: scans.reduce((sum, node) => sum + readBy(node), 0),
    };
  } finally {
    await pool.query('ROLLBACK');
    await pool.query('DEALLOCATE planned');
  }
}

function readBy(node: PlanNode): number {
  return (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
}

function relationOf(node: PlanNode): string {
  return node['Relation Name'] as string;
}

describe(`plans of the proof, over ${ITEMS * MOVEMENTS_PER_ITEM} movements and events`, () => {
  it('finds what was touched by the writing transactions alone', async () => {
    // Not prepared in use, so planned for its values.
    const between = await run(
      READ_ITEMS_TOUCHED_BETWEEN_SQL,
      '(xid8, xid8)',
      `('${eventsXid}', '${movementsXid + 1n}')`,
      'force_custom_plan',
    );
    expect(between.indexes).toEqual(
      new Set(['inventory_events_xid_idx', 'stock_movements_xid_idx']),
    );
    expect(between.rowsRead).toBe(15);
    const single = await run(
      READ_ITEMS_TOUCHED_BY_SQL,
      '(xid8[])',
      `('{${eventsXid},${movementsXid}}')`,
      'force_custom_plan',
    );
    expect(single.indexes).toEqual(
      new Set(['inventory_events_xid_idx', 'stock_movements_xid_idx']),
    );
    expect(single.rowsRead).toBe(15);
  });

  it('lists items by primary key, those in drift by their own index', async () => {
    const all = await run(LIST_ITEM_IDS_SQL, '(uuid, int)', `('${NIL}', 200)`);
    expect(all.indexes).toEqual(new Set(['stock_items_pkey']));
    expect(all.rowsRead).toBe(200);
    const drifted = await run(LIST_DRIFTED_ITEM_IDS_SQL, '(uuid, int)', `('${NIL}', 200)`);
    expect(drifted.indexes).toEqual(new Set(['stock_proofs_drift_idx']));
    expect(drifted.rowsRead).toBeLessThanOrEqual(1);
  });

  it('reads proofs by primary key', async () => {
    const plan = await run(READ_PROOFS_SQL, '(uuid[])', `('{${HOT}}')`);
    expect(plan).toMatchObject({ indexes: new Set(['stock_proofs_pkey']), rowsRead: 1 });
  });

  it("adds up an item's movements by item and id, no more than it is told to", async () => {
    const plan = await run(
      SUM_MOVEMENTS_SQL,
      '(uuid[], uuid[], float8, int)',
      `('{${HOT}}', '{${NIL}}', 60, 7)`,
    );
    expect(plan.indexes).toEqual(new Set(['stock_movements_item_id_id_idx']));
    expect(plan.tablesRead).toEqual([]);
    expect(plan.rowsRead).toBeLessThanOrEqual(14);
  });

  it('goes on behind what is known without reading it again', async () => {
    const { rows } = await pool.query(
      `SELECT id FROM stock_movements WHERE item_id = $1 ORDER BY id DESC OFFSET 4 LIMIT 1`,
      [HOT],
    );
    const plan = await run(
      READ_BALANCES_SQL,
      '(uuid[], uuid[])',
      `('{${HOT}}', '{${rows[0].id}}')`,
    );
    expect(plan.indexes).toEqual(
      new Set([
        'stock_items_pkey',
        'stock_proofs_pkey',
        'stock_movements_item_id_id_idx',
        'reservations_pending_item_idx',
      ]),
    );
    expect(plan.tablesRead).toEqual([]);
    // The item, its proof, four movements, four holds.
    expect(plan.rowsRead).toBeLessThanOrEqual(12);
  });

  it('keeps proofs by primary key', async () => {
    const saved = await run(
      SAVE_PROOFS_SQL,
      `(uuid[], bigint[], uuid[], bigint[], uuid[], uuid[], bigint[], bigint[], float8[])`,
      `('{${HOT}}', '{1}', '{${NIL}}', '{0}', '{${NIL}}', '{NULL}', '{0}', '{0}', '{NULL}')`,
    );
    expect(saved.tablesRead).toEqual([]);
    const marked = await run(
      MARK_DRIFTS_REPORTED_SQL,
      '(uuid[], uuid[])',
      `('{${HOT}}', '{${NIL}}')`,
    );
    expect(marked.indexes).toEqual(new Set(['stock_proofs_drift_idx']));
  });

  it('archives a partition by reading it once, and no other', async () => {
    const { rows } = await pool.query(
      `SELECT min(inhrelid::regclass::text) AS name FROM pg_inherits
       WHERE inhparent = 'stock_movements'::regclass`,
    );
    const plan = await run(archiveMovementsSql(rows[0].name), '(uuid)', `('${NIL}')`);
    expect(new Set(plan.tablesRead)).toEqual(new Set([rows[0].name, 'stock_proofs']));
  });
});
