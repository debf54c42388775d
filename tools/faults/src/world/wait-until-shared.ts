import { waitUntil } from '@inventory-events/testing';
import type { World } from './open-world';

const TIMEOUT_MS = 20_000;

/**
 * Waits until so many replicas hold leases of a namespace: a session of each holds a lock for its
 * presence and one for every lease.
 */
export async function waitUntilShared(
  { pool }: World,
  namespace: 'ingest-worker' | 'outbox-relay',
  replicas = 2,
): Promise<void> {
  const message = `${replicas} of ${namespace} to share`;
  await waitUntil(
    async () => {
      const { rowCount } = await pool.query(
        `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE locktype = 'advisory' AND granted AND datname = current_database()
           AND application_name = $1
         GROUP BY pid HAVING count(*) > 1`,
        [`${namespace} leases`],
      );
      return rowCount === replicas;
    },
    { timeoutMs: TIMEOUT_MS, message },
  );
}
