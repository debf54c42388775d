import { createPool, maintainPartitions, uuidV7Floor } from '@inventory-events/data-access';
import { createTestDatabase, type TestDatabase, waitUntil } from '@inventory-events/testing';
import { createHash, randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { createStockLedger, type StockLedger } from '../create-stock-ledger';
import type { LedgerCommand } from '../ledger-command';
import { createProof, type Proof } from './create-proof';

const DAY_MS = 86_400_000;

let database: TestDatabase;
let pool: Pool;
let ledger: StockLedger;
let proof: Proof;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool({
    connectionString: database.url,
    applicationName: 'proof spec',
    max: 12,
    pipeline: true,
  });
  ledger = createStockLedger({
    pool,
    defaults: { defaultLowStockThreshold: 2, defaultHysteresis: 0 },
  });
  proof = createProof({ pool, ledger });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

const itemOf = (productId: string) => ({ productId, variantId: null, warehouseId: null });

function context() {
  const messageId = randomUUID();
  const bodyHash = createHash('sha1').update(messageId).digest();
  return { messageId, source: 'spec', bodyHash, correlationId: messageId };
}

function observe(productId: string, quantity: number): LedgerCommand {
  return { ...context(), item: itemOf(productId), command: { type: 'observe', quantity } };
}

function receive(productId: string, quantity = 1): LedgerCommand {
  return { ...context(), item: itemOf(productId), command: { type: 'receive', quantity } };
}

function reserve(productId: string, quantity: number, orderId = randomUUID()): LedgerCommand {
  const lines = [{ item: itemOf(productId), quantity }];
  return { ...context(), reservation: { type: 'reserve', orderId, ttlMs: 60_000, lines } };
}

/** An item of 20 on hand in two movements, 5 of them held by two orders. */
async function stocked(): Promise<{ productId: string; itemId: string }> {
  const productId = randomUUID();
  await ledger.executeBatch([
    observe(productId, 15),
    receive(productId, 5),
    reserve(productId, 2),
    reserve(productId, 3),
  ]);
  const { rows } = await pool.query('SELECT id FROM stock_items WHERE product_id = $1', [
    productId,
  ]);
  return { productId, itemId: rows[0].id };
}

async function driftEvents() {
  const { rows } = await pool.query(
    `SELECT e.item_id, e.sequence::int, e.cause, e.data, o.routing_key, o.payload
     FROM inventory_events e LEFT JOIN outbox_messages o ON o.event_id = e.id
     WHERE e.event_type = 'StockDriftDetectedEvent' ORDER BY e.id`,
  );
  return rows;
}

/** Makes all movements look as if they had been made so long ago. */
async function age(days: number): Promise<void> {
  await pool.query(
    `SELECT ensure_time_partitions('stock_movements', interval '7 days',
    now() - make_interval(days => $1 + 8), now())`,
    [days],
  );
  const floor = uuidV7Floor(Date.now() - days * DAY_MS).slice(0, 13);
  // The time of an id is its first 12 digits; what orders ids of one moment is kept.
  await pool.query(
    `WITH moved AS (DELETE FROM stock_movements RETURNING *),
     numbered AS (SELECT *, row_number() OVER (ORDER BY id) AS n FROM moved)
     INSERT INTO stock_movements
       (id, item_id, type, quantity, quantity_after, reason, created_at, xid)
     SELECT ($1 || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, item_id, type, quantity,
       quantity_after, reason, created_at, xid FROM numbered`,
    [floor],
  );
}

describe('createProof', () => {
  it('is clean where nothing has happened, and tells nobody', async () => {
    expect(await proof.latest()).toBeUndefined();
    const first = await proof.run();
    expect(first).toMatchObject({ isFull: true, checkedItems: 0, driftedItems: 0, drifted: [] });
    expect(first.lastFullAt).toBe(first.finishedAt);
    const latest = await proof.latest();
    expect(latest).toEqual({ ...first, ageMs: expect.any(Number) });
    expect(latest?.ageMs).toBeLessThan(10_000);
  });

  it('checks every item at first, then those that were touched, each once', async () => {
    const [one, two] = [await stocked(), await stocked(), await stocked()] as const;
    expect(await proof.run()).toMatchObject({ isFull: true, checkedItems: 3, driftedItems: 0 });
    expect(await proof.run()).toMatchObject({ isFull: false, checkedItems: 0 });
    await ledger.executeBatch([receive(one.productId), receive(one.productId)]);
    await ledger.executeBatch([reserve(one.productId, 1), reserve(two.productId, 1)]);
    expect(await proof.run()).toMatchObject({ isFull: false, checkedItems: 2, driftedItems: 0 });
    expect(await proof.run({ full: true })).toMatchObject({ isFull: true, checkedItems: 3 });
  });

  it('counts a baseline, which has no event, as touched', async () => {
    await proof.run();
    await ledger.executeBatch([observe(randomUUID(), 4)]);
    expect(await proof.run()).toMatchObject({ isFull: false, checkedItems: 1, driftedItems: 0 });
  });

  it('runs in full by schedule when that is due', async () => {
    await stocked();
    await proof.run();
    expect(await proof.runUnlessRunning()).toMatchObject({ isFull: false });
    await pool.query(`UPDATE proof_state SET full_finished_at = now() - interval '25 hours'`);
    expect(await proof.run()).toMatchObject({ isFull: false });
    expect(await proof.runUnlessRunning()).toMatchObject({ isFull: true, checkedItems: 1 });
    expect(await proof.runUnlessRunning()).toMatchObject({ isFull: false });
  });

  it('checks everything where its snapshot is from another server or from long ago', async () => {
    await stocked();
    await proof.run();
    for (const xmax of ['99999999999', '3']) {
      await pool.query(`UPDATE proof_state SET snapshot = $1`, [`${xmax}:${xmax}:`]);
      // A fresh server has not used a million transactions: only the former is out of bounds.
      const { isFull, checkedItems } = await proof.run();
      expect({ isFull, checkedItems }).toEqual({ isFull: xmax !== '3', checkedItems: 1 });
    }
  });

  describe('finds', () => {
    const damages = [
      ['a changed on hand', `UPDATE stock_items SET on_hand = on_hand + 4 WHERE id = $1`, [4, 0]],
      [
        'a deleted movement',
        `DELETE FROM stock_movements WHERE item_id = $1 AND quantity = 5`,
        [5, 0],
      ],
      [
        'a changed reserved',
        `UPDATE stock_items SET reserved = reserved - 1 WHERE id = $1`,
        [0, -1],
      ],
      ['a missing hold', `DELETE FROM reservations WHERE item_id = $1 AND quantity = 3`, [0, 3]],
      [
        'a hold that was ended by hand',
        `UPDATE reservations SET status = 'CANCELLED' WHERE item_id = $1 AND quantity = 2`,
        [0, 2],
      ],
      [
        'a changed movement',
        `UPDATE stock_movements SET quantity = 9 WHERE item_id = $1 AND quantity = 5`,
        [-4, 0],
      ],
    ] as const;

    it.each(damages)('%s, and tells it once', async (_name, sql, [onHand, reserved]) => {
      await stocked();
      const { itemId, productId } = await stocked();
      expect((await proof.run()).driftedItems).toBe(0);
      await pool.query(sql, [itemId]);
      const found = await proof.run({ full: true });
      expect(found).toMatchObject({ checkedItems: 2, driftedItems: 1 });
      const [drifted] = found.drifted;
      expect(drifted).toMatchObject({ itemId, productId, variantId: null, warehouseId: null });
      const differences = [
        (drifted?.onHand ?? 0) - (drifted?.movementTotal ?? 0),
        (drifted?.reserved ?? 0) - (drifted?.pendingTotal ?? 0),
      ];
      expect(differences).toEqual([onHand, reserved]);

      // It stands in every result, and is told once.
      const again = await proof.run();
      expect(again).toMatchObject({ isFull: false, checkedItems: 1, drifted: found.drifted });
      await ledger.executeBatch([receive(productId)]);
      await proof.run({ full: true });
      const events = await driftEvents();
      expect(events).toHaveLength(1);
      const { onHand: stood, movementTotal, reserved: held, pendingTotal } = drifted ?? {};
      expect(events[0]).toMatchObject({
        item_id: itemId,
        cause: 'reportDrift',
        routing_key: 'inventory.proof.drift_detected',
        data: { productId, onHand: stood, movementTotal, reserved: held, pendingTotal },
      });
      expect(JSON.parse(events[0].payload)).toMatchObject({
        eventType: 'StockDriftDetectedEvent',
        data: events[0].data,
      });
    });

    it('damage to an item that is touched without a full run', async () => {
      const { itemId, productId } = await stocked();
      await proof.run();
      await pool.query('UPDATE stock_items SET on_hand = on_hand + 1 WHERE id = $1', [itemId]);
      expect((await proof.run()).driftedItems).toBe(0);
      await ledger.executeBatch([receive(productId)]);
      expect(await proof.run()).toMatchObject({ isFull: false, driftedItems: 1 });
    });
  });

  it('numbers its event in the sequence of the item, and repairs nothing', async () => {
    const { itemId } = await stocked();
    await pool.query('UPDATE stock_items SET on_hand = 31 WHERE id = $1', [itemId]);
    const before = await pool.query('SELECT * FROM stock_items WHERE id = $1', [itemId]);
    await proof.run();
    const after = await pool.query('SELECT * FROM stock_items WHERE id = $1', [itemId]);
    const [event] = await driftEvents();
    expect(event.sequence).toBe(Number(before.rows[0].sequence) + 1);
    expect(after.rows[0]).toMatchObject({ on_hand: 31, sequence: String(event.sequence) });
  });

  it('tells a drift again when it changes, and when it comes back', async () => {
    const { itemId } = await stocked();
    const damage = (onHand: number) =>
      pool.query('UPDATE stock_items SET on_hand = $2 WHERE id = $1', [itemId, onHand]);
    await damage(21);
    await proof.run();
    await damage(22);
    await proof.run();
    expect(await driftEvents()).toHaveLength(2);
    await damage(20);
    expect((await proof.run()).driftedItems).toBe(0);
    expect((await proof.run()).checkedItems).toBe(0);
    await damage(22);
    await proof.run({ full: true });
    const events = await driftEvents();
    expect(events.map(({ data }) => data.onHand)).toEqual([21, 22, 22]);
  });

  it('tells a drift once where it never heard that it had', async () => {
    const { itemId } = await stocked();
    await pool.query('UPDATE stock_items SET on_hand = 21 WHERE id = $1', [itemId]);
    const deaf: StockLedger = {
      async executeBatch(commands) {
        await ledger.executeBatch(commands);
        throw new Error('Connection terminated unexpectedly');
      },
    };
    await expect(createProof({ pool, ledger: deaf }).run()).rejects.toThrow('terminated');
    expect(await proof.latest()).toBeUndefined();
    expect((await proof.run()).driftedItems).toBe(1);
    expect(await driftEvents()).toHaveLength(1);
  });

  it('misses no transaction that commits late, however many commit before it', async () => {
    const late = await stocked();
    const others = await stocked();
    await proof.run();
    const client: PoolClient = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(
        `INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after, reason)
         VALUES ($1, $2, 'INBOUND', 7, 27, 'received')`,
        [`${uuidV7Floor(Date.now()).slice(0, 13)}-7fff-8000-000000000001`, late.itemId],
      );
      await client.query(
        `INSERT INTO inventory_events (id, product_id, item_id, event_type, sequence, cause,
           correlation_id, data)
         VALUES ($1, $2, $3, 'StockLevelChangedEvent', 99, 'receive', 'c', '{}')`,
        [
          `${uuidV7Floor(Date.now()).slice(0, 13)}-7fff-8000-000000000002`,
          late.productId,
          late.itemId,
        ],
      );
      for (let round = 0; round < 3; round += 1) {
        await ledger.executeBatch([receive(others.productId)]);
        expect(await proof.run()).toMatchObject({ isFull: false, checkedItems: 1 });
      }
      // The late transaction forgets to change the item itself: what a run has to notice.
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    const found = await proof.run();
    expect(found).toMatchObject({ isFull: false, checkedItems: 1, driftedItems: 1 });
    expect(found.drifted[0]).toMatchObject({ itemId: late.itemId, onHand: 20, movementTotal: 27 });
  });

  it('goes on from what it knows, and does without movements that retention has dropped', async () => {
    const items = [await stocked(), await stocked(), await stocked()] as const;
    await age(40);
    // One item is proved before its movements go, the others are not.
    const [{ itemId: provedId, productId }] = items;
    await proof.run();
    await pool.query('DELETE FROM stock_proofs WHERE item_id <> $1', [provedId]);
    const known = await pool.query('SELECT movement_total::int AS total FROM stock_proofs');
    expect(known.rows).toEqual([{ total: 20 }]);

    await ledger.executeBatch([receive(productId)]);
    const retention = { auditDays: 0, movementDays: 20, inboxDays: 0 };
    const { dropped } = await maintainPartitions(pool, retention);
    expect(dropped.length).toBeGreaterThan(0);
    const left = await pool.query('SELECT quantity FROM stock_movements');
    expect(left.rows).toEqual([{ quantity: 1 }]);

    expect(await proof.run()).toMatchObject({ isFull: false, driftedItems: 0 });
    expect(await proof.run({ full: true })).toMatchObject({ checkedItems: 3, driftedItems: 0 });
    await ledger.executeBatch(items.map((item) => receive(item.productId, 2)));
    expect(await proof.run()).toMatchObject({ checkedItems: 3, driftedItems: 0 });
  });

  it('finds damage that was done before retention dropped the movements', async () => {
    const { itemId } = await stocked();
    await age(40);
    await pool.query('DELETE FROM stock_movements WHERE item_id = $1 AND quantity = 5', [itemId]);
    await maintainPartitions(pool, { auditDays: 0, movementDays: 20, inboxDays: 0 });
    const { drifted } = await proof.run({ full: true });
    expect(drifted).toMatchObject([{ itemId, onHand: 20, movementTotal: 15 }]);
  });

  it('believes no sum of its own against an item: it counts again before it tells', async () => {
    const { itemId } = await stocked();
    await age(2);
    await proof.run();
    await pool.query('UPDATE stock_proofs SET movement_total = 17');
    await ledger.executeBatch([reserve((await productOf(itemId)) ?? '', 1)]);
    expect(await proof.run()).toMatchObject({ isFull: false, checkedItems: 1, driftedItems: 0 });
    const { rows } = await pool.query('SELECT movement_total::int AS total FROM stock_proofs');
    expect(rows).toEqual([{ total: 20 }]);
    expect(await driftEvents()).toEqual([]);
  });

  async function productOf(itemId: string): Promise<string | undefined> {
    const { rows } = await pool.query('SELECT product_id FROM stock_items WHERE id = $1', [itemId]);
    return rows[0]?.product_id;
  }

  it('adds long histories up statement by statement', async () => {
    const { itemId } = await stocked();
    await pool.query(
      `INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after, reason)
       SELECT (substr(uuid_v7_floor(now() - interval '10 minutes')::text, 1, 24)
         || lpad(to_hex(n), 12, '0'))::uuid, $1, 'ADJUSTMENT', 2 * (n % 2) - 1, 0, 'adjusted'
       FROM generate_series(1, 12000) n`,
      [itemId],
    );
    expect(await proof.run()).toMatchObject({ checkedItems: 1, driftedItems: 0 });
    const { rows } = await pool.query('SELECT movement_total::int AS total FROM stock_proofs');
    expect(rows).toEqual([{ total: 0 }]);
    expect(await proof.run({ full: true })).toMatchObject({ driftedItems: 0 });
  });

  it('lets one process prove at a time; who asks waits, the schedule does not', async () => {
    await stocked();
    const lock = await pool.connect();
    const impatient = createProof({ pool, ledger, maxWaitMs: 50 });
    await lock.query('SELECT pg_advisory_lock(7270743)');
    expect(await proof.runUnlessRunning()).toBeUndefined();
    await expect(impatient.run()).rejects.toMatchObject({ code: 'CONFLICT', retryable: true });
    const asked = [proof.run(), proof.run(), proof.run({ full: true })];
    await waitUntil(() => pool.totalCount - pool.idleCount >= 3);
    await lock.query('SELECT pg_advisory_unlock(7270743)');
    lock.release();
    const [one, other] = await Promise.all(asked);
    expect(other).toBe(one);
  });

  it('has nothing to say beside writers, of whom none waits for it', async () => {
    const products = Array.from({ length: 6 }, () => randomUUID());
    await ledger.executeBatch(products.map((productId) => observe(productId, 40)));
    const orders = Array.from({ length: 30 }, () => randomUUID());
    let seed = 11;
    const random = (limit: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % limit;
    };
    const pick = <T>(values: readonly T[]) => values[random(values.length)] as T;
    const next = (): LedgerCommand => {
      const productId = pick(products);
      switch (random(8)) {
        case 0:
          return { ...context(), reservation: { type: 'commit', orderId: pick(orders) } };
        case 1:
          return { ...context(), reservation: { type: 'cancel', orderId: pick(orders) } };
        case 2:
          return {
            ...context(),
            item: itemOf(productId),
            command: { type: 'adjust', delta: random(7) - 3 },
          };
        case 3:
          return observe(productId, random(60));
        case 4:
          return receive(productId, 1 + random(9));
        default:
          return reserve(productId, 1 + random(3), pick(orders));
      }
    };
    let isWriting = true;
    const writers = Array.from({ length: 4 }, async () => {
      for (let round = 0; round < 60; round += 1) {
        await ledger.executeBatch(Array.from({ length: 1 + random(12) }, next));
      }
    });
    const proving = async () => {
      let runs = 0;
      while (isWriting) {
        const { driftedItems } = await proof.run({ full: runs % 5 === 4 });
        expect(driftedItems).toBe(0);
        runs += 1;
      }
      return runs;
    };
    const running = proving();
    await Promise.all(writers).finally(() => {
      isWriting = false;
    });
    expect(await running).toBeGreaterThan(5);
    expect(await proof.run({ full: true })).toMatchObject({ checkedItems: 6, driftedItems: 0 });
    expect(await driftEvents()).toEqual([]);
  });
});
