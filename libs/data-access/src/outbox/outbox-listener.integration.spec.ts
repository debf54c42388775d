import { createTestDatabase, waitUntil, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { createOutboxListener, type OutboxListener } from './outbox-listener';

describe('createOutboxListener', () => {
  let database: TestDatabase;
  let pool: Pool;
  let wakes = 0;
  let listener: OutboxListener;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    pool = createPool({ connectionString: database.url, applicationName: 'notifier' });
  });
  beforeEach(async () => {
    wakes = 0;
    listener = createOutboxListener({
      connectionString: database.url,
      applicationName: 'listener',
      onWake: () => {
        wakes += 1;
      },
      logger: { warn: () => undefined },
    });
    listener.start();
    await waitUntil(() => listener.isConnected());
  });
  afterEach(() => listener.stop());
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('wakes when it begins to listen, and at every notification', async () => {
    expect(wakes).toBe(1);
    await pool.query(`SELECT pg_notify('outbox', '')`);
    await waitUntil(() => wakes === 2);
  });

  it('listens again after its session was ended, and wakes for what it missed', async () => {
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'listener'`,
    );
    await waitUntil(() => wakes === 2);
    expect(listener.isConnected()).toBe(true);
    await pool.query(`SELECT pg_notify('outbox', '')`);
    await waitUntil(() => wakes === 3);
  });

  it('stops twice', async () => {
    await Promise.all([listener.stop(), listener.stop()]);
    expect(listener.isConnected()).toBe(false);
  });
});
