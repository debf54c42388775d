import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import {
  createPrismaClient,
  findWarehouse,
  listWarehouses,
  type PrismaClient,
  updateWarehouse,
} from '../prisma';
import { withTransaction } from '../transactions/with-transaction';
import { deleteWarehouse } from './delete-warehouse';
import { insertWarehouse } from './insert-warehouse';
import type { StoredWarehouse, WarehouseDetails } from './stored-warehouse';

const DETAILS: WarehouseDetails = {
  code: 'BER-1',
  name: 'Berlin',
  address: 'Straße 1',
  city: 'Berlin',
  state: null,
  country: 'DE',
  postalCode: '10115',
  region: 'eu-central',
  isActive: true,
  priority: 1,
  latitude: 52.52,
  longitude: 13.405,
};

let database: TestDatabase;
let pool: Pool;
let prisma: PrismaClient;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'warehouse spec' });
  prisma = createPrismaClient(pool);
});

afterAll(async () => {
  await prisma.$disconnect();
  await pool.end();
  await database.drop();
});

async function made(code: string, details: Partial<WarehouseDetails> = {}) {
  const stored = await withTransaction(pool, (client) =>
    insertWarehouse(client, { ...DETAILS, ...details, code }),
  );
  return stored as StoredWarehouse;
}

describe('warehouses', () => {
  it('are kept as they are given, one per code', async () => {
    const warehouse = await made('BER-1');
    expect(warehouse).toMatchObject({ ...DETAILS, createdAt: expect.any(Date) });
    expect(await findWarehouse(prisma, warehouse.id)).toEqual(warehouse);
    expect(await made('BER-1')).toBeUndefined();
    expect(await findWarehouse(prisma, randomUUID())).toBeUndefined();
  });

  it('are listed in the order of their making, by region and activity', async () => {
    const first = await made('A-1', { region: 'apac' });
    const second = await made('A-2', { region: 'apac', isActive: false });
    const third = await made('A-3', { region: 'apac' });
    const list = async (query: Partial<Parameters<typeof listWarehouses>[1]>) =>
      (await listWarehouses(prisma, { limit: 10, region: 'apac', ...query })).map(({ id }) => id);
    expect(await list({})).toEqual([first.id, second.id, third.id]);
    expect(await list({ isActive: true })).toEqual([first.id, third.id]);
    expect(await list({ isActive: false })).toEqual([second.id]);
    expect(await list({ afterId: first.id, limit: 1 })).toEqual([second.id]);
    expect(await list({ region: 'nowhere' })).toEqual([]);
  });

  it('are changed in part, keeping codes apart', async () => {
    const warehouse = await made('C-1');
    await made('C-2');
    const changed = await updateWarehouse(prisma, warehouse.id, { region: null, priority: 9 });
    expect(changed).toMatchObject({ ...DETAILS, code: 'C-1', region: null, priority: 9 });
    expect((changed as StoredWarehouse).updatedAt >= warehouse.updatedAt).toBe(true);
    expect(await updateWarehouse(prisma, warehouse.id, { code: 'C-2' })).toBe('code_taken');
    expect(await updateWarehouse(prisma, randomUUID(), { priority: 1 })).toBe('not_found');
  });

  it('are removed where there never was stock', async () => {
    const [empty, used] = [await made('D-1'), await made('D-2')];
    await pool.query('INSERT INTO stock_items (id, product_id, warehouse_id) VALUES ($1, $2, $3)', [
      randomUUID(),
      randomUUID(),
      used.id,
    ]);
    expect(await deleteWarehouse(pool, empty.id)).toBe('deleted');
    expect(await deleteWarehouse(pool, empty.id)).toBe('not_found');
    expect(await deleteWarehouse(pool, used.id)).toBe('in_use');
    expect(await findWarehouse(prisma, used.id)).toBeDefined();
  });
});
