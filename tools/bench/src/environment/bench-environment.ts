import { createTestDatabase, createTestVhost, serverUrl } from '@inventory-events/testing';
import { Pool } from 'pg';

/** A migrated database and a virtual host of a benchmark's own, on the servers at hand. */
export interface BenchEnvironment {
  databaseUrl: string;
  amqpUrl: string;
  redisUrl: string;
  pool: Pool;
  close(): Promise<void>;
}

export async function createBenchEnvironment(): Promise<BenchEnvironment> {
  const [database, vhost] = await Promise.all([createTestDatabase(), createTestVhost()]);
  const pool = new Pool({ connectionString: database.url, max: 4 });
  // Dropping the database ends the sessions that are still idle in the pool.
  pool.on('error', () => undefined);
  return {
    databaseUrl: database.url,
    amqpUrl: vhost.url,
    redisUrl: serverUrl('REDIS_URL'),
    pool,
    async close() {
      await pool.end();
      await Promise.all([database.drop(), vhost.remove()]);
    },
  };
}
