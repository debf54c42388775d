import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { textArray } from '../parameters/text-array';

/** Number of hash partitions that relays share. */
export const OUTBOX_PARTITIONS = 64;

export interface OutboxRow {
  itemId: string;
  eventId: string;
  eventType: string;
  sequence: number;
  routingKey: string;
  correlationId: string;
  /** The whole envelope, published as it stands. */
  payload: string;
  traceparent: string | null;
}

/** An item's hash partition: the last bits of its UUIDv7, which are random. */
export function outboxPartitionOf(itemId: string): number {
  return Number.parseInt(itemId.slice(-2), 16) % OUTBOX_PARTITIONS;
}

/**
 * Keeps the primary key and outbox_messages_xid_idx. Positions are drawn in array order while the
 * items are locked. One notification a batch wakes the relays when the transaction commits.
 */
export const INSERT_OUTBOX_MESSAGES_SQL = `
WITH inserted AS (
  INSERT INTO outbox_messages (partition, item_id, event_id, event_type, sequence, routing_key,
    correlation_id, payload, traceparent, created_at)
  SELECT partition, item_id, event_id, event_type, sequence, routing_key, correlation_id, payload,
    traceparent, to_timestamp($10::float8 / 1000.0)
  FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::text[],
    $7::text[], $8::text[], $9::text[]) WITH ORDINALITY
    AS e (partition, item_id, event_id, event_type, sequence, routing_key, correlation_id, payload,
      traceparent, ordinality)
  ORDER BY ordinality
)
SELECT pg_notify('outbox', '')`;

export async function insertOutboxMessages(
  client: ClientBase,
  events: readonly OutboxRow[],
  nowMs: number,
): Promise<void> {
  await client.query({
    name: 'insert-outbox-messages',
    text: INSERT_OUTBOX_MESSAGES_SQL,
    values: [
      arrayLiteral(events.map((row) => outboxPartitionOf(row.itemId))),
      arrayLiteral(events.map((row) => row.itemId)),
      arrayLiteral(events.map((row) => row.eventId)),
      arrayLiteral(events.map((row) => row.eventType)),
      arrayLiteral(events.map((row) => row.sequence)),
      arrayLiteral(events.map((row) => row.routingKey)),
      textArray(events.map((row) => row.correlationId)),
      textArray(events.map((row) => row.payload)),
      textArray(events.map((row) => row.traceparent)),
      nowMs,
    ],
  });
}
