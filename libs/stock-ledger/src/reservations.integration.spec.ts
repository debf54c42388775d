import { createHash, randomUUID } from 'node:crypto';
import { createPool, findOverdueOrders } from '@inventory-events/data-access';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createStockLedger, type StockLedger } from './create-stock-ledger';
import type {
  ItemLedgerCommand,
  LedgerCommand,
  LedgerResult,
  ReservationLedgerCommand,
} from './ledger-command';

const TTL_MS = 60_000;

let database: TestDatabase;
let pool: Pool;
let ledger: StockLedger;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({
    connectionString: database.url,
    applicationName: 'reservations spec',
    max: 10,
    pipeline: true,
  });
  ledger = createStockLedger({
    pool,
    defaults: { defaultLowStockThreshold: 2, defaultHysteresis: 0 },
  });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const itemOf = (productId: string) => ({ productId, variantId: null, warehouseId: null });

function context(body: unknown) {
  const messageId = randomUUID();
  const bodyHash = createHash('sha1').update(JSON.stringify(body)).digest();
  return { messageId, source: 'spec', bodyHash, correlationId: messageId };
}

function stock(productId: string, command: ItemLedgerCommand['command']): ItemLedgerCommand {
  return { ...context(command), item: itemOf(productId), command };
}

function reservation(command: ReservationLedgerCommand['reservation']): ReservationLedgerCommand {
  return { ...context(command), keepResult: true, reservation: command };
}

function reserve(
  orderId: string,
  lines: readonly (readonly [productId: string, quantity: number])[],
  ttlMs = TTL_MS,
) {
  return reservation({
    type: 'reserve',
    orderId,
    ttlMs,
    lines: lines.map(([productId, quantity]) => ({ item: itemOf(productId), quantity })),
  });
}

async function execute(command: LedgerCommand) {
  return (await ledger.executeBatch([command]))[0] as LedgerResult;
}

async function stocked(quantity: number): Promise<string> {
  const productId = randomUUID();
  await execute(stock(productId, { type: 'observe', quantity }));
  return productId;
}

async function levelsOf(productId: string) {
  const { rows } = await pool.query(
    `SELECT i.on_hand, i.reserved, i.status, i.sequence::int,
       (SELECT coalesce(sum(m.quantity), 0)::int FROM stock_movements m WHERE m.item_id = i.id)
         AS moved,
       (SELECT coalesce(sum(r.quantity), 0)::int FROM reservations r
        WHERE r.item_id = i.id AND r.status = 'PENDING') AS held,
       (SELECT array_agg(e.sequence::int ORDER BY e.sequence) FROM inventory_events e
        WHERE e.item_id = i.id) AS sequences
     FROM stock_items i WHERE i.product_id = $1`,
    [productId],
  );
  return rows[0];
}

async function eventTypesOf(productId: string): Promise<string[]> {
  const { rows } = await pool.query(
    'SELECT event_type FROM inventory_events WHERE product_id = $1 ORDER BY id',
    [productId],
  );
  return rows.map((row) => row.event_type);
}

/** What must hold of an item whatever happened to it. */
async function expectProof(productId: string): Promise<void> {
  const levels = await levelsOf(productId);
  expect(levels.moved).toBe(levels.on_hand);
  expect(levels.held).toBe(levels.reserved);
  const numbered = levels.sequences ?? [];
  expect(numbered).toEqual(numbered.map((_: number, index: number) => index + 1));
  expect(numbered).toHaveLength(levels.sequence);
}

async function makeOverdue(orderId: string): Promise<void> {
  await pool.query(
    `UPDATE reservations SET expires_at = now() - interval '1 second' WHERE order_id = $1`,
    [orderId],
  );
}

describe('reservations', () => {
  it('holds every line of an order, or none', async () => {
    const [plenty, scarce] = [await stocked(10), await stocked(1)];
    const orderId = randomUUID();
    const refused = await execute(
      reserve(orderId, [
        [plenty, 3],
        [scarce, 2],
      ]),
    );
    expect(refused.outcome).toBe('insufficient_stock');
    expect(refused.shortages).toEqual([
      {
        item: itemOf(scarce),
        itemId: expect.any(String),
        requested: 2,
        available: 1,
        reason: 'INSUFFICIENT_STOCK',
      },
    ]);
    expect((await levelsOf(plenty)).reserved).toBe(0);
    expect(await eventTypesOf(scarce)).toEqual(['InventoryReservationFailedEvent']);

    const held = await execute(
      reserve(orderId, [
        [plenty, 2],
        [plenty, 1],
        [scarce, 1],
      ]),
    );
    expect(held.outcome).toBe('reserved');
    expect(held.reservations?.map(({ quantity, status }) => [quantity, status])).toEqual([
      [3, 'PENDING'],
      [1, 'PENDING'],
    ]);
    await expectProof(plenty);
    await expectProof(scarce);
  });

  it('tells of the hold, and of the status that it changes', async () => {
    const productId = await stocked(3);
    await execute(reserve(randomUUID(), [[productId, 3]]));
    expect(await eventTypesOf(productId)).toEqual([
      'InventoryReservedEvent',
      'StockStatusChangedEvent',
      'OUT_OF_STOCK',
      'LowStockThresholdReachedEvent',
    ]);
  });

  it('sells what is held, once', async () => {
    const productId = await stocked(5);
    const orderId = randomUUID();
    await execute(reserve(orderId, [[productId, 2]]));
    expect((await execute(reservation({ type: 'commit', orderId }))).outcome).toBe('committed');
    expect((await execute(reservation({ type: 'commit', orderId }))).outcome).toBe(
      'already_committed',
    );
    expect((await execute(reservation({ type: 'cancel', orderId }))).outcome).toBe(
      'already_committed',
    );
    expect(await levelsOf(productId)).toMatchObject({ on_hand: 3, reserved: 0 });
    expect(await eventTypesOf(productId)).toEqual([
      'InventoryReservedEvent',
      'InventoryCommittedEvent',
      'StockLevelChangedEvent',
    ]);
    await expectProof(productId);
  });

  it('gives cancelled stock back, once', async () => {
    const productId = await stocked(5);
    const orderId = randomUUID();
    await execute(reserve(orderId, [[productId, 5]]));
    const outcomes = await ledger.executeBatch([
      reservation({ type: 'cancel', orderId }),
      reservation({ type: 'cancel', orderId }),
    ]);
    expect(outcomes.map((result) => result.outcome)).toEqual(['cancelled', 'already_cancelled']);
    expect(await levelsOf(productId)).toMatchObject({
      on_hand: 5,
      reserved: 0,
      status: 'IN_STOCK',
    });
    await expectProof(productId);
  });

  it('sells no hold whose time has passed, swept or not', async () => {
    const productId = await stocked(5);
    const orderId = randomUUID();
    await execute(reserve(orderId, [[productId, 2]]));
    await makeOverdue(orderId);
    expect((await execute(reservation({ type: 'commit', orderId }))).outcome).toBe('expired');
    expect(await levelsOf(productId)).toMatchObject({ on_hand: 5, reserved: 0 });
    await expectProof(productId);
  });

  it("reclaims an item's overdue holds before it refuses", async () => {
    const productId = await stocked(4);
    const [late, next] = [randomUUID(), randomUUID()];
    await execute(reserve(late, [[productId, 4]]));
    await makeOverdue(late);
    expect((await execute(reserve(next, [[productId, 3]]))).outcome).toBe('reserved');
    expect(await eventTypesOf(productId)).toContain('InventoryReleasedEvent');
    expect(await levelsOf(productId)).toMatchObject({ on_hand: 4, reserved: 3 });
    await expectProof(productId);
  });

  it('sweeps overdue holds with the trace of their order', async () => {
    const productId = await stocked(6);
    const orderId = randomUUID();
    const placed = reserve(orderId, [[productId, 6]]);
    await execute(placed);
    await makeOverdue(orderId);
    const { orders } = await findOverdueOrders(pool, { limit: 1_000 });
    const overdue = orders.find((row) => row.orderId === orderId);
    expect(overdue?.correlationId).toBe(placed.correlationId);
    const swept = await execute(
      reservation({ type: 'expire', reservationIds: overdue?.reservationIds ?? [] }),
    );
    expect(swept.outcome).toBe('expired');
    expect(await levelsOf(productId)).toMatchObject({ on_hand: 6, reserved: 0 });
    await expectProof(productId);
  });

  it('answers a repeated request with the first answer, a refusal included', async () => {
    const productId = await stocked(1);
    const refused = reserve(randomUUID(), [[productId, 2]]);
    const first = await execute(refused);
    await execute(stock(productId, { type: 'receive', quantity: 10 }));
    const again = await execute(refused);
    expect(again.outcome).toBe('duplicate');
    expect(again.earlier).toEqual({
      outcome: 'insufficient_stock',
      reservations: first.reservations,
      shortages: first.shortages,
    });
  });

  it('keeps what was refused before it came to any item, unless it was done before', async () => {
    const productId = await stocked(5);
    const held = reserve(randomUUID(), [[productId, 1]]);
    const first = await execute(held);
    const { messageId, source, bodyHash, correlationId } = held;
    const refusal = { outcome: 'ambiguous' } as const;
    const later = await execute({ messageId, source, bodyHash, correlationId, refusal });
    expect(later.earlier).toMatchObject({ outcome: 'reserved', reservations: first.reservations });

    const refused = { ...context('unknown'), keepResult: true, refusal };
    expect((await execute(refused)).outcome).toBe('ambiguous');
    expect((await execute(refused)).earlier).toEqual(refusal);
    await expectProof(productId);
  });

  it('tells of a product that has no stock entry without making one', async () => {
    const productId = randomUUID();
    const result = await execute(reserve(randomUUID(), [[productId, 1]]));
    expect(result.shortages).toEqual([
      {
        item: itemOf(productId),
        itemId: null,
        requested: 1,
        available: 0,
        reason: 'PRODUCT_NOT_FOUND',
      },
    ]);
    expect(await levelsOf(productId)).toBeUndefined();
    expect(await eventTypesOf(productId)).toEqual(['InventoryReservationFailedEvent']);
    const adjusted = await execute(stock(productId, { type: 'adjust', delta: 1 }));
    expect(adjusted.outcome).toBe('not_found');
  });

  it('gives the last unit to one of two hundred racers', async () => {
    const productId = await stocked(1);
    const outcomes = await Promise.all(
      Array.from(
        { length: 200 },
        async () => (await execute(reserve(randomUUID(), [[productId, 1]]))).outcome,
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'insufficient_stock')).toHaveLength(199);
    await expectProof(productId);
  });

  it('serves orders with the same lines in opposite order without a deadlock', async () => {
    const [one, two] = [await stocked(1_000), await stocked(1_000)];
    const results = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const lines = [
          [one, 1],
          [two, 1],
        ] as const;
        return execute(reserve(randomUUID(), index % 2 === 0 ? lines : [...lines].reverse()));
      }),
    );
    expect(results.every((result) => result.outcome === 'reserved')).toBe(true);
    await expectProof(one);
    await expectProof(two);
  });

  it('keeps the proof under random commands from several sessions at once', async () => {
    const products = await Promise.all([9, 14, 3, 20].map(stocked));
    const orders = Array.from({ length: 25 }, () => randomUUID());
    let seed = 7;
    const random = (limit: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % limit;
    };
    const pick = <T>(values: readonly T[]) => values[random(values.length)] as T;
    const next = () => {
      const orderId = pick(orders);
      switch (random(7)) {
        case 0:
          return reservation({ type: 'commit', orderId });
        case 1:
          return reservation({ type: 'cancel', orderId });
        case 2:
          return stock(pick(products), { type: 'receive', quantity: 1 + random(4) });
        case 3:
          return stock(pick(products), { type: 'adjust', delta: random(5) - 3 });
        default:
          return reserve(
            orderId,
            Array.from({ length: 1 + random(3) }, () => [pick(products), 1 + random(3)] as const),
            random(4) === 0 ? 1 : TTL_MS,
          );
      }
    };
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        for (let round = 0; round < 25; round += 1) {
          await ledger.executeBatch(Array.from({ length: 8 }, next));
        }
      }),
    );
    for (const productId of products) await expectProof(productId);
  });
});
