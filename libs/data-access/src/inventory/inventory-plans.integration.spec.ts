import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { type InventoryFilter, toInventoryPageStatement } from './list-inventory';
import { LIST_MOVEMENTS_SQL } from './list-movements';
import { READ_INVENTORY_SQL } from './read-inventory';
import { READ_PRODUCT_SETS_SQL, READ_SKU_SETS_SQL } from './read-item-sets';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

const PRODUCTS = 10_000;
const ITEMS_PER_PRODUCT = 4;
const ITEMS = PRODUCTS * ITEMS_PER_PRODUCT;
const WAREHOUSES = 20;
const ITEMS_PER_LOW_ONE = 50;
const MOVEMENTS_PER_ITEM = 200;

describe('the plans of reading stock', () => {
  let database: TestDatabase;
  let pool: Pool;
  let ids: string[];
  let productId: string;
  let warehouseId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ connectionString: database.url, applicationName: 'plans', max: 1 });
    await pool.query(
      `INSERT INTO stock_items (id, product_id, warehouse_id, sku, status, baselined, on_hand)
       SELECT gen_random_uuid(), md5('product ' || n % $1)::uuid,
         md5('warehouse ' || (n / $1 * 5 + n % 5) % $3)::uuid, 'SKU-' || n % $1,
         CASE WHEN n % $4 = 0 THEN 'LOW_STOCK' ELSE 'IN_STOCK' END::stock_status, true, 1
       FROM generate_series(0, $2 - 1) AS n`,
      [PRODUCTS, ITEMS, WAREHOUSES, ITEMS_PER_LOW_ONE],
    );
    const found = await pool.query('SELECT id, product_id, warehouse_id FROM stock_items LIMIT 5');
    ids = found.rows.map((row) => row.id);
    ({ product_id: productId, warehouse_id: warehouseId } = found.rows[0]);
    await pool.query(
      `INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after)
       SELECT overlay(uuid_v7_floor(now() - make_interval(mins => n))::text
           placing substr(md5(random()::text), 1, 12) from 25)::uuid, item, 'INBOUND', 1, 1
       FROM unnest($1::uuid[]) AS item, generate_series(1, $2::int) AS n`,
      [ids, MOVEMENTS_PER_ITEM],
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

  async function explain(text: string, values: readonly unknown[]) {
    const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      [...values],
    );
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    if (plan === undefined) throw new Error('no plan');
    const run = nodesOf(plan).filter((node) => node['Actual Loops'] > 0);
    const scans = run.filter((node) => node['Relation Name'] !== undefined);
    return {
      indexes: new Set(run.flatMap((node) => node['Index Name'] ?? [])),
      hasSeqScan: run.some((node) => node['Node Type'] === 'Seq Scan'),
      rowsRead: scans.reduce(
        (sum, node) =>
          sum +
          (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        0,
      ),
    };
  }

  const page = (filter: InventoryFilter, afterId?: string) => {
    const { text, values } = toInventoryPageStatement({ filter, afterId, limit: 51 });
    return explain(text, values);
  };

  it('reads items by primary key', async () => {
    const plan = await explain(READ_INVENTORY_SQL, [ids]);
    expect(plan.indexes).toEqual(new Set(['stock_items_pkey']));
    expect([plan.hasSeqScan, plan.rowsRead]).toEqual([false, ids.length]);
  });

  it('finds the items of products and of SKUs by index', async () => {
    const products = await explain(READ_PRODUCT_SETS_SQL, [[productId]]);
    expect(products.indexes).toEqual(new Set(['stock_items_item_key']));
    const skus = await explain(READ_SKU_SETS_SQL, [['SKU-7', 'SKU-8']]);
    expect(skus.indexes).toEqual(new Set(['stock_items_sku_idx']));
    expect([products.rowsRead, skus.rowsRead]).toEqual([ITEMS_PER_PRODUCT, 2 * ITEMS_PER_PRODUCT]);
  });

  it('lists everything, and a warehouse, in order and stops at the limit', async () => {
    const all = await page({}, ids[0]);
    expect(all.indexes).toEqual(new Set(['stock_items_pkey']));
    const warehouse = await page({ warehouseId }, ids[0]);
    expect(warehouse.indexes).toEqual(new Set(['stock_items_warehouse_id_idx']));
    expect(all.rowsRead).toBeLessThanOrEqual(51);
    expect(warehouse.rowsRead).toBeLessThanOrEqual(51);
  });

  it.each([
    ['a product', () => ({ productId }), 'stock_items_item_key'],
    ['a SKU', () => ({ sku: 'SKU-7' }), 'stock_items_sku_idx'],
  ])('lists %s by its index', async (_name, filter, index) => {
    const plan = await page(filter());
    expect(plan.indexes).toEqual(new Set([index]));
    expect(plan.rowsRead).toBe(ITEMS_PER_PRODUCT);
  });

  it('lists a status along the primary key, as far as the page needs', async () => {
    const plan = await page({ statuses: ['LOW_STOCK', 'OUT_OF_STOCK'] });
    expect(plan.indexes).toEqual(new Set(['stock_items_pkey']));
    expect(plan.rowsRead).toBeLessThan(51 * 2 * ITEMS_PER_LOW_ONE);
  });

  it("lists an item's movements by its index and stops at the limit", async () => {
    const plan = await explain(LIST_MOVEMENTS_SQL, [ids[0], 'f'.repeat(32), 20]);
    expect([...plan.indexes].every((name) => name.endsWith('item_id_id_idx'))).toBe(true);
    expect(plan.hasSeqScan).toBe(false);
    expect(plan.rowsRead).toBeLessThanOrEqual(21);
  });
});
