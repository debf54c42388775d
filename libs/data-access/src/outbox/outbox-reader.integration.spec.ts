import { createTestDatabase, waitUntil, type TestDatabase } from '@inventory-events/testing';
import { randomInt, randomUUID } from 'node:crypto';
import { Client, type Pool, type PoolClient } from 'pg';
import { createPool } from '../pool/create-pool';
import { withTransaction } from '../transactions/with-transaction';
import { deleteOutboxRows } from './delete-outbox-rows';
import { createOutboxReader, type OutboxReader } from './outbox-reader';
import type { PendingEvent } from './pending-event';
import { relayConnectionString } from './relay-session';
import { insertManyPending, insertPending } from './testing/insert-pending';

const ALL = Array.from({ length: 64 }, (_, index) => index);

describe('createOutboxReader', () => {
  let database: TestDatabase;
  let pool: Pool;
  let writers: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({
      connectionString: relayConnectionString(database.url),
      applicationName: 'reader',
      max: 2,
    });
    writers = createPool({ connectionString: database.url, applicationName: 'writers', max: 20 });
  });
  afterEach(() => pool.query('TRUNCATE outbox_messages'));
  afterAll(async () => {
    await pool.end();
    await writers.end();
    await database.drop();
  });

  /** Reads until there is nothing more; `limit` rows at a time. */
  async function readAll(reader: OutboxReader, limit = 1000, partitions = ALL) {
    const found: PendingEvent[] = [];
    for (;;) {
      const { rows, isCaughtUp } = await reader.read(partitions, limit);
      found.push(...rows);
      if (isCaughtUp) return found;
    }
  }
  const positionsOf = (rows: readonly PendingEvent[]): number[] => rows.map((row) => row.position);

  it('reads what is there, page by page, then only what is new', async () => {
    await insertManyPending(writers, 25);
    const reader = createOutboxReader({ pool });
    const first = await readAll(reader, 10);
    expect(first).toHaveLength(25);
    expect(positionsOf(first)).toEqual([...positionsOf(first)].sort((a, b) => a - b));
    expect(await readAll(reader)).toEqual([]);
    const position = await insertPending(writers, { payload: '{"a":1}', sequence: 7 });
    expect(await readAll(reader)).toMatchObject([
      {
        position,
        payload: '{"a":1}',
        sequence: 7,
        attempts: 0,
        retryInMs: null,
        traceparent: null,
      },
    ]);
  });

  it('pages a delta that is larger than the limit, without repeating or missing a row', async () => {
    const reader = createOutboxReader({ pool });
    await readAll(reader);
    await insertManyPending(writers, 95);
    const found = await readAll(reader, 10);
    expect(new Set(positionsOf(found)).size).toBe(95);
    expect(found).toHaveLength(95);
  });

  it('reads the owned partitions only', async () => {
    await insertManyPending(writers, 128);
    const reader = createOutboxReader({ pool });
    const rows = await readAll(reader, 1000, [3, 5]);
    expect(new Set(rows.map((row) => row.partition))).toEqual(new Set([3, 5]));
    await insertManyPending(writers, 64);
    expect(await readAll(reader, 1000, [3])).toHaveLength(1);
  });

  it('finds a lower position that is committed later than a higher one', async () => {
    const late = await writers.connect();
    await late.query('BEGIN');
    const lower = await insertPending(late);
    const higher = await insertPending(writers);
    const reader = createOutboxReader({ pool });
    expect(positionsOf(await readAll(reader))).toEqual([higher]);
    expect(await readAll(reader)).toEqual([]);
    await late.query('COMMIT');
    late.release();
    expect(positionsOf(await readAll(reader))).toEqual([lower]);
    expect(await readAll(reader)).toEqual([]);
  });

  it('throws away what a read finds when it is restarted meanwhile, and starts over', async () => {
    await insertManyPending(writers, 10);
    const reader = createOutboxReader({ pool });
    await reader.read(ALL, 100);
    const underWay = reader.read(ALL, 100);
    reader.restart();
    expect((await underWay).rows).toEqual([]);
    expect(await readAll(reader)).toHaveLength(10);
  });

  it('loses and reorders nothing while transactions commit out of order', async () => {
    const itemIds = Array.from({ length: 12 }, () => randomUUID());
    const reader = createOutboxReader({ pool });
    const seen = new Map<string, number[]>();
    let total = 0;
    let writing = true;
    const reading = (async () => {
      for (;;) {
        const isLast = !writing;
        const rows = await readAll(reader, 25);
        for (const row of rows) {
          const list = seen.get(row.itemId) ?? [];
          seen.set(row.itemId, list);
          list.push(row.sequence);
          total += 1;
        }
        await deleteOutboxRows(pool, positionsOf(rows));
        if (isLast) return;
      }
    })();
    const sequences = new Map<string, number>();
    const write = async (): Promise<void> => {
      for (let round = 0; round < 40; round += 1) {
        await withTransaction(writers, (client) => writeSome(client, itemIds, sequences));
      }
    };
    await Promise.all(Array.from({ length: 16 }, write));
    writing = false;
    await reading;
    const written = [...sequences.values()].reduce((sum, sequence) => sum + sequence, 0);
    expect(total).toBe(written);
    for (const [itemId, list] of seen) {
      const expected = Array.from({ length: sequences.get(itemId) ?? 0 }, (_, index) => index + 1);
      expect(list).toEqual(expected);
    }
  }, 60_000);

  it('keeps reading while an old transaction stays open, and reads its rows when it ends', async () => {
    const old = new Client({ connectionString: database.url });
    await old.connect();
    await old.query('BEGIN');
    const oldest = await insertPending(old);
    const reader = createOutboxReader({ pool });
    for (let round = 0; round < 5; round += 1) {
      const position = await insertPending(writers);
      expect(positionsOf(await readAll(reader))).toEqual([position]);
    }
    await old.query('COMMIT');
    await old.end();
    expect(await waitUntil(async () => positionsOf(await readAll(reader))[0])).toBe(oldest);
  });
});

/** Like the ledger: the transaction's id first, then the item's lock, the number, the row. */
async function writeSome(
  client: PoolClient,
  itemIds: readonly string[],
  sequences: Map<string, number>,
): Promise<void> {
  await client.query('SELECT pg_current_xact_id()');
  const chosen = new Set(Array.from({ length: 3 }, () => randomInt(itemIds.length)));
  for (const index of [...chosen].sort((a, b) => a - b)) {
    await client.query('SELECT pg_advisory_xact_lock($1)', [index]);
    const itemId = itemIds[index] as string;
    const sequence = (sequences.get(itemId) ?? 0) + 1;
    sequences.set(itemId, sequence);
    await insertPending(client, { itemId, partition: index, sequence });
  }
  await client.query('SELECT pg_sleep($1)', [Math.random() / 200]);
}
