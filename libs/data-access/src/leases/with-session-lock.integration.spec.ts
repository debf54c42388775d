import { createTestDatabase, type TestDatabase, waitUntil } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { withSessionLock } from './with-session-lock';

let database: TestDatabase;
let replicas: Pool[];

beforeAll(async () => {
  database = await createTestDatabase();
  replicas = ['one', 'two'].map((name) =>
    createPool({ connectionString: database.url, applicationName: name, max: 2 }),
  );
});

afterAll(async () => {
  for (const pool of replicas) await pool.end();
  await database.drop();
});

function held() {
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, release };
}

describe('withSessionLock', () => {
  it('lets one process at a time work, and tells the others at once', async () => {
    const [one, two] = replicas as [Pool, Pool];
    const { until, release } = held();
    let isHeld = false;
    const first = withSessionLock(one, 'proof', () => {
      isHeld = true;
      return until;
    });
    await waitUntil(() => isHeld);
    expect(await withSessionLock(two, 'proof', async () => 1)).toBe('busy');
    expect(await withSessionLock(two, 'reservation-sweep', async () => 'free')).toBe('free');
    release();
    await first;
    expect(await withSessionLock(two, 'proof', async () => 'mine')).toBe('mine');
  });

  it('waits for its turn where it is told to', async () => {
    const [one, two] = replicas as [Pool, Pool];
    const { until, release } = held();
    const order: string[] = [];
    const first = withSessionLock(one, 'proof', async () => {
      order.push('first');
      await until;
    });
    await waitUntil(() => order.length === 1);
    const second = withSessionLock(two, 'proof', async () => void order.push('second'), {
      waitMs: 10_000,
    });
    order.push('released');
    release();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'released', 'second']);
  });

  it('frees the lock when the work fails, and leaves the session as it was', async () => {
    const pool = createPool({ connectionString: database.url, applicationName: 'one', max: 1 });
    const failing = withSessionLock(pool, 'proof', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    const { rows } = await pool.query('SHOW idle_session_timeout');
    expect(rows[0]).toEqual({ idle_session_timeout: '0' });
    expect(await withSessionLock(pool, 'proof', async () => 'again')).toBe('again');
    await pool.end();
  });

  it('takes the lock from a holder that hangs', async () => {
    const [one, two] = replicas as [Pool, Pool];
    const { until, release } = held();
    const hanging = withSessionLock(one, 'proof', () => until, { maxSilenceMs: 200 });
    const taken = await withSessionLock(two, 'proof', async () => 'taken', { waitMs: 10_000 });
    expect(taken).toBe('taken');
    release();
    await hanging;
    expect(await withSessionLock(one, 'proof', async () => 'works again')).toBe('works again');
  });
});
