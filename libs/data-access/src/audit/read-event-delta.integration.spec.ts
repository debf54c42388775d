import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import { Client, type Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { eventTailConnectionString } from './event-tail-session';
import { readCurrentSnapshot, readEventDelta } from './read-event-delta';
import { readMissedEvents } from './read-missed-events';
import { insertAuditEvents } from './testing/insert-audit-events';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

describe('the delta of the audit log', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    const connectionString = eventTailConnectionString(database.url);
    pool = createPool({ connectionString, applicationName: 'delta', max: 1 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const insert = (db: Pool | Client, count: number) =>
    insertAuditEvents(db, { count, spreadMs: 1_000, products: count });

  it('finds the rows of transactions that committed late, once each', async () => {
    const late = await Promise.all(
      [1, 2, 3].map(async () => {
        const client = new Client({ connectionString: database.url });
        await client.connect();
        await client.query('BEGIN');
        return client;
      }),
    );
    let previous = await readCurrentSnapshot(pool);
    const seen: string[] = [];
    const readOn = async () => {
      const delta = await readEventDelta(pool, { previous, limit: 1_000 });
      seen.push(...delta.events.map((event) => event.id));
      previous = delta.snapshot;
      return delta.events.length;
    };
    for (const client of late) await insert(client, 2);
    expect(await readOn()).toBe(0);
    await insert(pool, 3);
    expect(await readOn()).toBe(3);
    for (const client of late.toReversed()) {
      await client.query('COMMIT');
      expect(await readOn()).toBe(2);
      expect(await readOn()).toBe(0);
      await client.end();
    }
    const { rows } = await pool.query('SELECT id FROM inventory_events');
    expect([...seen].sort()).toEqual(rows.map((row) => row.id).sort());
  });

  it('cuts all pages of a delta out of one snapshot', async () => {
    const previous = await readCurrentSnapshot(pool);
    await insert(pool, 5);
    const first = await readEventDelta(pool, { previous, limit: 3 });
    expect(first).toMatchObject({ isLast: false });
    await insert(pool, 7);
    const second = await readEventDelta(pool, {
      previous,
      until: first.snapshot,
      afterId: first.events[2]?.id,
      limit: 3,
    });
    expect(second.events).toHaveLength(2);
    expect(second.isLast).toBe(true);
    const next = await readEventDelta(pool, { previous: second.snapshot, limit: 100 });
    expect(next.events).toHaveLength(7);
  });

  it('reads what was missed since a transaction', async () => {
    const before = await readCurrentSnapshot(pool);
    await insert(pool, 4);
    const snapshot = await readCurrentSnapshot(pool);
    await insert(pool, 4);
    const query = { afterId: NIL_UUID, fromXid: before.xmax, snapshot, limit: 3 };
    const first = await readMissedEvents(pool, query);
    const second = await readMissedEvents(pool, { ...query, afterId: first[2]?.id ?? '' });
    expect([first.length, second.length]).toEqual([3, 1]);
  });
});
