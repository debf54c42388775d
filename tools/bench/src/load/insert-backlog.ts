import type { Pool } from 'pg';
import { eventMessage } from './event-message';

const ROWS_PER_STATEMENT = 2_000;
const PARTITIONS = 64;

/** Puts events into the outbox as the ledger does: many transactions, items in rotation. */
export async function insertBacklog(pool: Pool, count: number): Promise<void> {
  for (let from = 0; from < count; from += ROWS_PER_STATEMENT) {
    const size = Math.min(ROWS_PER_STATEMENT, count - from);
    const rows = Array.from({ length: size }, (_, index) => eventMessage(from + index));
    await pool.query(
      `INSERT INTO outbox_messages
         (partition, item_id, event_id, event_type, sequence, routing_key, correlation_id, payload)
       SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[],
         $6::text[], $7::text[], $8::text[])`,
      [
        rows.map(({ itemNumber }) => itemNumber % PARTITIONS),
        rows.map(({ itemId }) => itemId),
        rows.map(({ eventId }) => eventId),
        rows.map(({ eventType }) => eventType),
        rows.map(({ sequence }) => sequence),
        rows.map(({ routingKey }) => routingKey),
        rows.map(({ properties }) => String(properties.correlationId)),
        rows.map(({ body }) => body),
      ],
    );
  }
}
