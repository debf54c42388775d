import { waitUntil, withClient } from '@inventory-events/testing';
import type { InventoryWorld } from './start-inventory-world';

/** Holds the lock of an item: while this runs, commands about it are under way and don't end. */
export async function whileLocked(
  world: InventoryWorld,
  inventoryId: string,
  run: () => Promise<void>,
): Promise<void> {
  await withClient(world.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM stock_items WHERE id = $1 FOR UPDATE', [inventoryId]);
    try {
      await run();
    } finally {
      await client.query('ROLLBACK');
    }
  });
}

/** Until so many sessions wait for a lock. */
export async function waitForLockWaiters(world: InventoryWorld, count: number): Promise<void> {
  await waitUntil(async () => {
    const [row] = await world.query(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return (row?.['waiting'] as number) >= count;
  });
}
