import type { Pool, PoolClient } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';

/** Work that one process of all does at a time. The numbers are those of the advisory locks. */
const LOCKS = { 'reservation-sweep': 7_270_742, proof: 7_270_743 } as const;

export type SessionLock = keyof typeof LOCKS;

export interface SessionLockOptions {
  /** How long to wait for another process to finish; 0 gives up at once. */
  readonly waitMs?: number;
  /** The lock is free again when its holder has said nothing for so long. */
  readonly maxSilenceMs?: number;
}

const MAX_SILENCE_MS = 60_000;
const RETRY_MS = 100;

/**
 * Does the work while this session holds the lock, or answers `busy`. The lock ends with the
 * session: with its process, or when the server ends it because a hung holder sent no statement
 * on `client` for `maxSilenceMs`. So it saves double work and guarantees nothing: what the work
 * does must be harmless when another does it too.
 */
export async function withSessionLock<T>(
  pool: Pool,
  lock: SessionLock,
  work: (client: PoolClient) => Promise<T>,
  { waitMs = 0, maxSilenceMs = MAX_SILENCE_MS }: SessionLockOptions = {},
): Promise<T | 'busy'> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    if (!(await acquire(client, LOCKS[lock], waitMs))) return 'busy';
    try {
      await client.query(`SET idle_session_timeout = ${Math.trunc(maxSilenceMs)}`);
      return await work(client);
    } finally {
      // A session that can't be cleaned is thrown away, and its lock with it.
      await release(client, LOCKS[lock]).catch((error: Error) => {
        broken = error;
      });
    }
  } finally {
    client.release(broken);
  }
}

async function acquire(client: PoolClient, key: number, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS held',
      [key],
    );
    if (rows[0]?.held === true) return true;
    if (performance.now() >= deadline) return false;
    await delay(RETRY_MS);
  }
}

async function release(client: PoolClient, key: number): Promise<void> {
  await client.query('SELECT pg_advisory_unlock($1)', [key]);
  await client.query('RESET idle_session_timeout');
}
