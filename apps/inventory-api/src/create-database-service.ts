import { assertMigrated } from '@inventory-events/data-access';
import type { Service } from '@inventory-events/service-runtime';
import type { Database } from './database';

/** The pool's part in readiness and stop. It connects on first use, so there is nothing to start. */
export function createDatabaseService(pool: Database): Service {
  let isClosed = false;
  return {
    name: 'database',
    start: () => Promise.resolve(),
    async isReady() {
      await assertMigrated(pool);
      return true;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await pool.end();
    },
  };
}
