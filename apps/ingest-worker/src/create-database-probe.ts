import { assertMigrated, type createPool } from '@inventory-events/data-access';
import { coerceError } from '@inventory-events/errors';
import { backoffDelayMs, type Logger } from '@inventory-events/service-runtime';
import { setTimeout as delay } from 'node:timers/promises';

const BACKOFF = { initialMs: 100, maxMs: 5_000 };

export interface DatabaseProbe {
  isReady(): Promise<boolean>;
  /** Resolves when the database answers and is up to date; rejects when the signal aborts. */
  waitUntilReady(signal: AbortSignal): Promise<void>;
}

export function createDatabaseProbe(
  pool: ReturnType<typeof createPool>,
  logger: Logger,
): DatabaseProbe {
  async function ping(): Promise<Error | undefined> {
    try {
      await assertMigrated(pool);
      return undefined;
    } catch (thrown) {
      return coerceError(thrown);
    }
  }

  return {
    isReady: async () => (await ping()) === undefined,
    async waitUntilReady(signal) {
      for (let attempt = 1; ; attempt += 1) {
        const error = await ping();
        if (!error) return;
        logger.warn({ err: error, attempt }, 'no database yet, no message is taken');
        await delay(backoffDelayMs(attempt, BACKOFF), undefined, { signal });
      }
    },
  };
}
