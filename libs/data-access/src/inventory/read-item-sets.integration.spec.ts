import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool, PoolClient } from 'pg';
import { createPool } from '../pool/create-pool';
import { readProductSets, readSkuSets } from './read-item-sets';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'sets spec', max: 4 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

function insert(db: Pool | PoolClient, productId: string, sku: string) {
  return db.query(
    `INSERT INTO stock_items (id, product_id, variant_id, sku, baselined)
     VALUES ($1, $2, $3, $4, true)`,
    [randomUUID(), productId, randomUUID(), sku],
  );
}

async function versionOf(productId: string): Promise<number> {
  return (await readProductSets(pool, [productId])).get(productId)?.version ?? 0;
}

describe('item sets', () => {
  it('are the entries of a product or a SKU, empty where there are none', async () => {
    const [productId, unknown] = [randomUUID(), randomUUID()];
    await insert(pool, productId, `it's "odd"`);
    await pool.query(`INSERT INTO stock_items (id, product_id) VALUES ($1, $2)`, [
      randomUUID(),
      productId,
    ]);
    const products = await readProductSets(pool, [productId, unknown]);
    expect(products.get(productId)?.items).toMatchObject([
      { productId, warehouseId: null, sku: `it's "odd"` },
    ]);
    expect(products.get(unknown)?.items).toEqual([]);
    const skus = await readSkuSets(pool, [`it's "odd"`, 'none']);
    expect([...skus.values()].map(({ items }) => items.length)).toEqual([1, 0]);
  });

  it('have a higher version after every change, and never a lower one', async () => {
    const productId = randomUUID();
    let previous = await versionOf(productId);
    for (let change = 0; change < 5; change += 1) {
      await insert(pool, productId, 'S');
      const version = await versionOf(productId);
      expect(version).toBeGreaterThan(previous);
      previous = version;
    }
  });

  it('have a higher version when a change is seen that began long before', async () => {
    const productId = randomUUID();
    const early = await pool.connect();
    await early.query('BEGIN');
    await insert(early, productId, 'S');
    // Others come and go meanwhile.
    for (let other = 0; other < 3; other += 1) await insert(pool, randomUUID(), 'S');
    const before = await versionOf(productId);
    await early.query('COMMIT');
    early.release();
    expect(await versionOf(productId)).toBeGreaterThan(before);
  });
});
