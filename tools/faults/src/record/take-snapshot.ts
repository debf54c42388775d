import { withClient } from '@inventory-events/testing';
import type { Client, QueryResultRow } from 'pg';
import type {
  EventRow,
  InboxRow,
  ItemRow,
  MovementRow,
  PendingRow,
  ReservationRow,
  Snapshot,
} from './snapshot';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** Reads all tables in one REPEATABLE READ transaction: nothing is half there. */
export function takeSnapshot(databaseUrl: string): Promise<Snapshot> {
  return withClient(databaseUrl, async (client) => {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const snapshot = await readTables(client);
    await client.query('COMMIT');
    return snapshot;
  });
}

async function readTables(client: Client): Promise<Snapshot> {
  async function read<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]> {
    return (await client.query<Row>(sql, values)).rows;
  }
  const [clock] = await read<{ now: number }>(
    `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`,
  );
  return {
    takenAtMs: clock?.now ?? Number.NaN,
    items: await read<ItemRow>(
      `SELECT id, product_id AS "productId", nullif(variant_id, $1) AS "variantId",
         nullif(warehouse_id, $1) AS "warehouseId", on_hand AS "onHand", reserved,
         status::text, sequence::int
       FROM stock_items`,
      [NIL_UUID],
    ),
    movements: await read<MovementRow>(
      `SELECT item_id AS "itemId", quantity, quantity_after AS "quantityAfter", reason,
         cause_message_id AS "causeMessageId"
       FROM stock_movements ORDER BY id`,
    ),
    reservations: await read<ReservationRow>(
      `SELECT id, order_id AS "orderId", item_id AS "itemId", quantity, status::text,
         (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresAtMs",
         (extract(epoch FROM committed_at) * 1000)::float8 AS "committedAtMs"
       FROM reservations ORDER BY id`,
    ),
    inbox: await read<InboxRow>(`SELECT message_id AS "messageId", outcome FROM inbox_messages`),
    events: await read<EventRow>(
      `SELECT id, item_id AS "itemId", event_type AS type, sequence::int,
         previous_quantity AS "previousQuantity", new_quantity AS "newQuantity",
         low_stock_threshold AS "lowStockThreshold",
         threshold_source::text AS "thresholdSource", cause, cause_message_id AS "causeMessageId"
       FROM inventory_events ORDER BY item_id, sequence, id`,
    ),
    outbox: await read<PendingRow>(
      `SELECT event_id AS "eventId", item_id AS "itemId", sequence::int FROM outbox_messages`,
    ),
    parked: await read<PendingRow>(
      `SELECT id AS "eventId", item_id AS "itemId", sequence::int FROM outbox_parked`,
    ),
  };
}
