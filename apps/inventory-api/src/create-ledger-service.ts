import type { createPool } from '@inventory-events/data-access';
import type { Service } from '@inventory-events/service-runtime';
import type { CommandQueue } from '@inventory-events/stock-ledger';

/**
 * The ledger's part in a stop. It takes commands for as long as the servers, which are closed
 * before it, have requests under way: those that were let in are answered, not refused half-way.
 */
export function createLedgerService(
  queue: CommandQueue,
  pool: ReturnType<typeof createPool>,
): Service {
  let ended: Promise<void> | undefined;
  async function end(): Promise<void> {
    await queue.drain();
    await pool.end();
  }
  return {
    name: 'ledger',
    start: () => Promise.resolve(),
    close: () => (ended ??= end()),
  };
}
