import { isRetryable } from '@inventory-events/errors';
import {
  createTcpProxy,
  createTestDatabase,
  type TestDatabase,
  waitUntil,
} from '@inventory-events/testing';
import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';
import { createPool } from './create-pool';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'pool spec', max: 3 });
  await pool.query('CREATE TABLE things (id int PRIMARY KEY)');
  await pool.query('INSERT INTO things VALUES (1), (2)');
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const lock = (client: PoolClient, id: number) =>
  client.query('SELECT id FROM things WHERE id = $1 FOR UPDATE', [id]);

describe('createPool', () => {
  it('frees the locks of a dead process also while its session waits for another lock', async () => {
    const holder = await pool.connect();
    const killed = await pool.connect();
    await holder.query('BEGIN');
    await lock(holder, 1);
    await killed.query('BEGIN');
    await lock(killed, 2);
    const { rows } = await killed.query('SELECT pg_backend_pid() AS pid');
    const waiting = lock(killed, 1);
    await waitUntil(async () => {
      const sql = `SELECT wait_event_type FROM pg_stat_activity WHERE pid = $1`;
      const activity = await holder.query(sql, [rows[0].pid]);
      return activity.rows[0]?.wait_event_type === 'Lock';
    });

    // As the kernel does with the sockets of a process that was killed.
    const { stream } = (killed as unknown as { connection: { stream: Socket } }).connection;
    stream.destroy();
    await expect(waiting).rejects.toThrow();
    killed.release(true);

    await expect(lock(holder, 2)).resolves.toMatchObject({ rowCount: 1 });
    await holder.query('ROLLBACK');
    holder.release();
  });

  it('reports what ended an idle connection, not the connection with its secret key', async () => {
    const errors: Error[] = [];
    const idle = createPool({
      connectionString: database.url,
      applicationName: 'idle',
      onIdleError: (error) => errors.push(error),
    });
    const { rows } = await idle.query('SELECT pg_backend_pid() AS pid');
    await pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
    await waitUntil(() => errors.length > 0);
    expect(errors[0]).toMatchObject({ code: '57P01' });
    expect(Object.keys(errors[0] ?? {})).not.toContain('client');
    await idle.end();
  });

  it.each([true, false])(
    'gives up a connection that no longer answers (pipeline: %p)',
    async (pipeline) => {
      const proxy = await createTcpProxy({ target: database.url });
      const connectionString = proxy.through(database.url);
      const options = { applicationName: 'pool spec', max: 1, pipeline, queryTimeoutMs: 300 };
      const through = createPool({ connectionString, ...options });
      await through.query('SELECT 1');
      proxy.abandon();
      const error: unknown = await through.query('SELECT 2').catch((thrown: unknown) => thrown);
      expect(isRetryable(error)).toBe(true);
      await expect(through.query('SELECT 3')).resolves.toMatchObject({ rowCount: 1 });
      await through.end();
      await proxy.close();
    },
  );
});
