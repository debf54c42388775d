import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { FIND_RESERVATION_SQL, findReservation } from './find-reservation';
import { LIST_ORDER_RESERVATIONS_SQL, listOrderReservations } from './list-order-reservations';
import {
  READ_AVAILABILITY_SQL,
  readAvailability,
  SUM_AVAILABILITY_SQL,
  sumAvailability,
} from './read-availability';
import { READ_RESERVATIONS_SQL } from './read-reservations';

const ITEMS = 20_000;

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'plan spec', max: 1 });
  await pool.query(`INSERT INTO stock_items (id, product_id, sku, on_hand, reserved)
    SELECT gen_random_uuid(), gen_random_uuid(), 'SKU-' || n, 10, 1
    FROM generate_series(1, ${ITEMS}) AS n`);
  await pool.query(`INSERT INTO reservations
      (id, order_id, item_id, quantity, status, expires_at, correlation_id)
    SELECT gen_random_uuid(), gen_random_uuid(), id, 1, 'PENDING', now() + interval '1 hour', 'plan'
    FROM stock_items`);
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

interface ItemFixture {
  readonly productId?: string;
  readonly warehouseId?: string;
  readonly sku?: string;
  readonly onHand: number;
  readonly status?: string;
}

async function insertItem(item: ItemFixture): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `INSERT INTO stock_items (id, product_id, warehouse_id, sku, on_hand, status)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      id,
      item.productId ?? randomUUID(),
      item.warehouseId ?? randomUUID(),
      item.sku ?? null,
      item.onHand,
      item.status ?? 'IN_STOCK',
    ],
  );
  return id;
}

interface HoldFixture {
  readonly itemId: string;
  readonly orderId?: string;
  readonly quantity: number;
  readonly expiresInSeconds: number;
}

async function hold({ itemId, orderId, quantity, expiresInSeconds }: HoldFixture): Promise<string> {
  const id = randomUUID();
  await pool.query('UPDATE stock_items SET reserved = reserved + $2 WHERE id = $1', [
    itemId,
    quantity,
  ]);
  await pool.query(
    `INSERT INTO reservations (id, order_id, item_id, quantity, status, expires_at, correlation_id)
     VALUES ($1, $2, $3, $4, 'PENDING', now() + make_interval(secs => $5), 'spec')`,
    [id, orderId ?? randomUUID(), itemId, quantity, expiresInSeconds],
  );
  return id;
}

describe('plans of the reads of reservations', () => {
  it('finds a reservation and those of an order by index', async () => {
    const one = await genericPlan(FIND_RESERVATION_SQL, ['uuid']);
    expect(one).toContain('reservations_pkey');
    expect(one).toContain('stock_items_pkey');
    expect(one).not.toContain('Seq Scan');
    const all = await genericPlan(LIST_ORDER_RESERVATIONS_SQL, ['uuid', 'int']);
    expect(all).toContain('reservations_order_id_idx');
    expect(all).toContain('stock_items_pkey');
    expect(all).not.toContain('Seq Scan');
  });

  it('reads what is available by index, overdue holds included', async () => {
    const plan = await genericPlan(READ_AVAILABILITY_SQL, ['uuid[]']);
    expect(plan).toContain('stock_items_pkey');
    expect(plan).toMatch(/reservations_pending_item_idx[\s\S]*Index Cond.*statement_timestamp/);
    expect(plan).not.toContain('Seq Scan');
  });

  it('sums up what fits a line by index, whatever the line names', async () => {
    const plan = await genericPlan(SUM_AVAILABILITY_SQL, ['uuid[]', 'uuid[]', 'uuid[]', 'text[]']);
    expect(plan).toContain('stock_items_item_key');
    expect(plan).toContain('stock_items_sku_idx');
    expect(plan).toContain('reservations_pending_item_idx');
    expect(plan).not.toContain('Seq Scan');
  });

  it("never walks along all items' holds, even where nearly all are one item's", async () => {
    const statements = [
      { sql: READ_AVAILABILITY_SQL, types: ['uuid[]'] },
      { sql: SUM_AVAILABILITY_SQL, types: ['uuid[]', 'uuid[]', 'uuid[]', 'text[]'] },
      { sql: READ_RESERVATIONS_SQL, types: Array<string>(5).fill('uuid[]') },
    ];
    const itemsSeen = (count: number) =>
      pool.query(`ALTER TABLE reservations ALTER item_id SET (n_distinct = ${count})`);
    await itemsSeen(3);
    await pool.query('ANALYZE reservations');
    for (const { sql, types } of statements) {
      const plan = await genericPlan(sql, types);
      expect(plan).toContain('reservations_pending_item_idx');
      expect(plan).not.toContain('reservations_pending_expiry_idx');
    }
    await itemsSeen(0);
    await pool.query('ANALYZE reservations');
  });
});

describe('reads of reservations', () => {
  it('tells a hold whose time has passed as expired', async () => {
    const itemId = await insertItem({ onHand: 10 });
    const orderId = randomUUID();
    const late = await hold({ itemId, orderId, quantity: 2, expiresInSeconds: -1 });
    const live = await hold({ itemId, orderId, quantity: 3, expiresInSeconds: 60 });
    expect(await findReservation(pool, late)).toMatchObject({
      orderId,
      itemId,
      variantId: null,
      quantity: 2,
      status: 'EXPIRED',
      committedAt: null,
    });
    expect(await findReservation(pool, randomUUID())).toBeUndefined();
    const listed = await listOrderReservations(pool, { orderId, limit: 10 });
    expect(listed.map(({ id, status }) => [id, status]).sort()).toEqual(
      [
        [late, 'EXPIRED'],
        [live, 'PENDING'],
      ].sort(),
    );
  });

  it('counts overdue holds as available, and nothing of what is out of sale', async () => {
    const sold = await insertItem({ onHand: 10, status: 'DISCONTINUED' });
    const held = await insertItem({ onHand: 10 });
    await hold({ itemId: held, quantity: 4, expiresInSeconds: 60 });
    await hold({ itemId: held, quantity: 5, expiresInSeconds: -1 });
    const others = [randomUUID(), randomUUID()];
    expect(await readAvailability(pool, [sold, randomUUID(), held, ...others])).toEqual([
      { availableQuantity: 0, isDiscontinued: true },
      undefined,
      { availableQuantity: 6, isDiscontinued: false },
      undefined,
      undefined,
    ]);
  });

  it('sums the items that fit a line, by product and by SKU', async () => {
    const [productId, warehouseId] = [randomUUID(), randomUUID()];
    await insertItem({ productId, onHand: 2, sku: 'shared' });
    await insertItem({ productId, warehouseId, onHand: 3, sku: 'shared' });
    await insertItem({ onHand: 7, sku: 'shared' });
    const sums = await sumAvailability(pool, [
      { productId },
      { productId, warehouseId },
      { sku: 'shared' },
      { sku: 'shared', productId },
      { productId: randomUUID() },
    ]);
    const facts = (itemCount: number, availableQuantity: number) => ({
      itemCount,
      availableQuantity,
      isDiscontinued: false,
    });
    expect([...sums].sort()).toEqual([
      [0, facts(2, 5)],
      [1, facts(1, 3)],
      [2, facts(3, 12)],
      [3, facts(2, 5)],
    ]);
  });
});
