import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { deleteOutboxRows } from './delete-outbox-rows';
import { parkOutboxRow } from './park-outbox-row';
import { readOutboxRows } from './read-outbox-rows';
import { readOutboxStats } from './read-outbox-stats';
import { recordOutboxFailures } from './record-outbox-failures';
import { redriveParkedEvents } from './redrive-parked-events';
import { insertPending } from './testing/insert-pending';

describe('failed, parked and redriven events', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ connectionString: database.url, applicationName: 'parked' });
  });
  afterEach(() => pool.query('TRUNCATE outbox_messages, outbox_parked'));
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const park = (position: number, attempts = 3) =>
    parkOutboxRow(pool, {
      position,
      attempts,
      errorCode: 'PUBLISH_NACKED',
      errorMessage: 'nacked',
    });
  const parkedRows = async () => {
    const { rows } = await pool.query(
      'SELECT id, attempts, redriven_at IS NOT NULL AS redriven FROM outbox_parked',
    );
    return rows;
  };

  it('keep their attempts, and tell how long they have to wait', async () => {
    const position = await insertPending(pool);
    const failure = { attempts: 2, retryInMs: 60_000, error: 'full' };
    const existing = await recordOutboxFailures(pool, [
      { position, ...failure },
      { position: position + 1000, ...failure },
    ]);
    expect([...existing]).toEqual([position]);
    const [event] = await readOutboxRows(pool, [position]);
    expect(event?.attempts).toBe(2);
    expect(event?.retryInMs).toBeGreaterThan(50_000);
    expect(event?.retryInMs).toBeLessThanOrEqual(60_000);
  });

  it('move as a whole, once', async () => {
    const position = await insertPending(pool, { payload: '{"a":1}', sequence: 9 });
    expect(await park(position)).toBe(true);
    expect(await park(position)).toBe(false);
    const { rows } = await pool.query('SELECT payload, sequence, error_code FROM outbox_parked');
    expect(rows).toEqual([{ payload: '{"a":1}', sequence: '9', error_code: 'PUBLISH_NACKED' }]);
    expect(await readOutboxRows(pool, [position])).toEqual([]);
  });

  it('come back in the order of their item, with no attempt counted, and may be parked again', async () => {
    const itemId = randomUUID();
    for (const sequence of [3, 1, 2]) await park(await insertPending(pool, { itemId, sequence }));
    const ids = (await parkedRows()).map((row) => row.id);
    expect([...(await redriveParkedEvents(pool, ids))].sort()).toEqual([...ids].sort());
    expect(await redriveParkedEvents(pool, ids)).toEqual([]);
    const { rows } = await pool.query(
      'SELECT position, sequence::int, attempts FROM outbox_messages ORDER BY position',
    );
    expect(rows).toMatchObject([1, 2, 3].map((sequence) => ({ sequence, attempts: 0 })));
    expect((await readOutboxStats(pool)).parked).toBe(0);
    await park(Number(rows[0].position), 5);
    const again = (await parkedRows()).filter((row) => !row.redriven);
    expect(again).toMatchObject([{ attempts: 5 }]);
  });

  it('are counted, the pending ones up to the cap', async () => {
    expect(await readOutboxStats(pool)).toEqual({ pending: 0, oldestAgeSeconds: 0, parked: 0 });
    const positions = [await insertPending(pool), await insertPending(pool)];
    await pool.query(`UPDATE outbox_messages SET created_at = now() - interval '1 minute'`);
    const stats = await readOutboxStats(pool, 1);
    expect(stats.pending).toBe(1);
    expect(stats.oldestAgeSeconds).toBeGreaterThanOrEqual(60);
    expect(await deleteOutboxRows(pool, [...positions, 0])).toBe(2);
    expect(await deleteOutboxRows(pool, positions)).toBe(0);
  });
});
