import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { toEventPageStatement, type EventPageQuery } from './event-query';
import { eventTailConnectionString } from './event-tail-session';
import { LIST_FAILING_OUTBOX_ROWS_SQL } from './list-failing-outbox-rows';
import { LIST_MOVEMENTS_OF_EVENTS_SQL } from './list-movements-of-events';
import { READ_EVENT_DELTA_SQL, readCurrentSnapshot } from './read-event-delta';
import { READ_MISSED_EVENTS_SQL } from './read-missed-events';
import { READ_OUTBOX_PARTITIONS_SQL } from './read-outbox-partitions';
import { fixtureProductId, insertAuditEvents } from './testing/insert-audit-events';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

const ROWS = 100_000;
const DAYS = 20;
const DAY_MS = 86_400_000;

describe('the plans of the audit log, over 100,000 rows in several partitions', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ connectionString: database.url, applicationName: 'plans', max: 1 });
    for (const table of ['inventory_events', 'stock_movements']) {
      await pool.query(
        `SELECT ensure_time_partitions('${table}', interval '7 days',
           now() - interval '${DAYS + 1} days', now() + interval '7 days')`,
      );
    }
    await insertAuditEvents(pool, { count: ROWS, spreadMs: DAYS * DAY_MS });
    await pool.query(
      `INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after, cause_message_id)
       SELECT id, item_id, 'OUTBOUND', -1, 0, cause_message_id FROM inventory_events
       WHERE created_at > now() - interval '5 days'`,
    );
    await pool.query('ANALYZE');
  }, 60_000);

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  function nodesOf(plan: PlanNode): readonly PlanNode[] {
    return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
  }

  /** Runs it for real: what was read, by which indexes. */
  async function explain(text: string, values: readonly unknown[]) {
    const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
      [...values],
    );
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    if (plan === undefined) throw new Error('no plan');
    const run = nodesOf(plan).filter((node) => node['Actual Loops'] > 0);
    // Partitions that are still empty are read in no time, by whatever way.
    const scans = run.filter((node) => node['Relation Name'] !== undefined && buffersOf(node) > 0);
    return {
      indexes: new Set(scans.map(indexOf)),
      relations: new Set(scans.map((node) => node['Relation Name'])),
      rowsRead: scans.reduce((sum, node) => sum + rowsReadBy(node), 0),
      buffers: buffersOf(plan),
    };
  }

  function buffersOf(node: PlanNode): number {
    return node['Shared Hit Blocks'] + node['Shared Read Blocks'];
  }
  function rowsReadBy(node: PlanNode): number {
    const perLoop = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
    return perLoop * node['Actual Loops'];
  }
  /** A bitmap scan names its index one node below. */
  function indexOf(node: PlanNode): string {
    const name = node['Index Name'] ?? node.Plans?.[0]?.['Index Name'] ?? 'Seq Scan';
    return name.replace(/_\d{8}t\d{4}/, '');
  }

  const page = (query: Partial<EventPageQuery>) => {
    const { text, values } = toEventPageStatement({
      filter: {},
      order: 'newestFirst',
      limit: 50,
      ...query,
    });
    return explain(text, values);
  };
  const productId = fixtureProductId(7);

  it('lists the newest by primary key and stops at the limit', async () => {
    const plan = await page({});
    expect(plan.indexes).toEqual(new Set(['inventory_events_pkey']));
    expect(plan.rowsRead).toBeLessThanOrEqual(51);
    expect(plan.relations.size).toBeLessThanOrEqual(4);
  });

  it('lists a product by its index, in both directions', async () => {
    for (const order of ['newestFirst', 'oldestFirst'] as const) {
      const plan = await page({ filter: { productId }, order });
      expect(plan.indexes).toEqual(new Set(['inventory_events_product_id_id_idx']));
      expect(plan.rowsRead).toBeLessThanOrEqual(51);
      expect(plan.buffers).toBeLessThan(100);
    }
  });

  it('lists a type and a range of time by the index, in the partitions of the range', async () => {
    const toMs = Date.now() - 9 * DAY_MS;
    const filter = { types: ['LOW_STOCK'], fromMs: toMs - DAY_MS, toMs };
    const plan = await page({ filter });
    expect(plan.indexes).toEqual(new Set(['inventory_events_event_type_id_idx']));
    expect(plan.rowsRead).toBeLessThanOrEqual(55);
    expect(plan.relations.size).toBeLessThanOrEqual(2);
  });

  it('reads no more than a page of each of several types', async () => {
    const plan = await page({ filter: { types: ['LOW_STOCK', 'OUT_OF_STOCK'] } });
    expect(plan.indexes).toEqual(new Set(['inventory_events_event_type_id_idx']));
    expect(plan.rowsRead).toBeLessThanOrEqual(110);
  });

  it.each([
    ['correlation id', { correlationId: 'c-500' }, 'inventory_events_correlation_id_id_idx'],
    ['SKU', { sku: 'SKU-5' }, 'inventory_events_sku_id_idx'],
  ])('lists by %s', async (_name, filter, index) => {
    const plan = await page({ filter });
    expect(plan.indexes).toEqual(new Set([index]));
    expect(plan.rowsRead).toBeLessThanOrEqual(51);
  });

  it('goes on behind a cursor without reading what is before it', async () => {
    const { rows } = await pool.query(
      'SELECT id FROM inventory_events ORDER BY id LIMIT 1 OFFSET 60',
    );
    const plan = await page({ afterId: rows[0].id });
    expect(plan.rowsRead).toBeLessThanOrEqual(60);
    expect(plan.relations.size).toBe(1);
  });

  it('reads what was missed along the primary key', async () => {
    const { rows } = await pool.query(
      'SELECT id FROM inventory_events ORDER BY id DESC OFFSET 500 LIMIT 1',
    );
    const snapshot = await readCurrentSnapshot(pool);
    const plan = await explain(READ_MISSED_EVENTS_SQL, [rows[0].id, '0', snapshot.text, 100]);
    expect(plan.indexes).toEqual(new Set(['inventory_events_pkey']));
    expect(plan.rowsRead).toBeLessThanOrEqual(101);
  });

  it('reads the movements of a page of events by item and time', async () => {
    const { rows } = await pool.query(
      `SELECT item_id, min(id::text) AS first, max(id::text) AS last,
         array_agg(cause_message_id) AS causes
       FROM stock_movements
       WHERE item_id = $1 AND id > uuid_v7_floor(now() - interval '1 day') GROUP BY item_id`,
      ['00000000-0000-7000-8000-000000000007'],
    );
    const { item_id: itemId, first, last, causes } = rows[0];
    const plan = await explain(LIST_MOVEMENTS_OF_EVENTS_SQL, [[itemId], first, last, causes]);
    expect(plan.indexes).toEqual(new Set(['stock_movements_item_id_id_idx']));
    expect(plan.rowsRead).toBe(causes.length - 1);
  });

  it('reads the outbox by index', async () => {
    await pool.query('SET enable_seqscan = off');
    const partitions = await explain(READ_OUTBOX_PARTITIONS_SQL, [1_000]);
    const failing = await explain(LIST_FAILING_OUTBOX_ROWS_SQL, [1_000, 20]);
    await pool.query('RESET enable_seqscan');
    expect(partitions.indexes).toEqual(new Set(['outbox_messages_pkey']));
    expect(failing.indexes).toEqual(new Set(['outbox_messages_pkey']));
  });

  it('tails by the writing transaction, and touches next to nothing', async () => {
    const tail = createPool({
      connectionString: eventTailConnectionString(database.url),
      applicationName: 'tail',
      max: 1,
    });
    const previous = await readCurrentSnapshot(tail);
    await insertAuditEvents(pool, { count: 20, spreadMs: 10, products: 5 });
    const types = 'xid8, xid8[], uuid, pg_snapshot, int';
    await tail.query('SET plan_cache_mode = force_generic_plan');
    await tail.query(`PREPARE delta (${types}) AS ${READ_EVENT_DELTA_SQL}`);
    const { rows } = await tail.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE delta
         ('${previous.xmax}', '{}', '${fixtureProductId(0)}', NULL, 1000)`,
    );
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    if (plan === undefined) throw new Error('no plan');
    const scans = nodesOf(plan).filter((node) => node['Relation Name'] !== undefined);
    expect(new Set(scans.map(indexOf))).toEqual(new Set(['inventory_events_xid_idx']));
    expect(scans.reduce((sum, node) => sum + node['Actual Rows'], 0)).toBe(20);
    expect(buffersOf(plan)).toBeLessThan(60);
    await tail.end();
  });
});
