import { randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import type { Reserver } from './reserver';

const CONNECTIONS = 16;
const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * What one would write by hand: each request in a transaction of its own, which locks the rows in
 * order, checks, and writes the hold and its event.
 */
export function createLockingReserver(databaseUrl: string): Reserver {
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  return {
    async reserve(productIds) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const outcome = await reserveLines(client, productIds);
        await client.query(outcome === 'reserved' ? 'COMMIT' : 'ROLLBACK');
        return outcome;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

async function reserveLines(client: PoolClient, productIds: readonly string[]): Promise<string> {
  const orderId = randomUUID();
  const { rows } = await client.query<{ id: string; available: number }>(
    `SELECT id, on_hand - reserved AS available FROM stock_items
     WHERE product_id = ANY ($1::uuid[]) AND variant_id = $2 AND warehouse_id = $2
     ORDER BY id FOR UPDATE`,
    [productIds, NIL],
  );
  if (rows.some((row) => row.available < 1)) return 'insufficient_stock';
  for (const { id } of rows) {
    await client.query(
      `UPDATE stock_items SET reserved = reserved + 1, sequence = sequence + 1 WHERE id = $1`,
      [id],
    );
    await client.query(
      `INSERT INTO reservations (id, order_id, item_id, quantity, status, expires_at, correlation_id)
       VALUES ($1, $2, $3, 1, 'PENDING', now() + interval '15 minutes', '')`,
      [randomUUID(), orderId, id],
    );
    const eventId = randomUUID();
    await client.query(
      `INSERT INTO outbox_messages
         (partition, item_id, event_id, event_type, sequence, routing_key, correlation_id, payload)
       SELECT 0, $1, $2, 'InventoryReservedEvent', sequence, 'inventory.reservation.created', '', $3
       FROM stock_items WHERE id = $1`,
      [id, eventId, JSON.stringify({ eventId, orderId, itemId: id, quantity: 1 })],
    );
  }
  return 'reserved';
}
