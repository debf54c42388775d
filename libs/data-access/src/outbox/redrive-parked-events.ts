import type { ClientBase, Pool } from 'pg';

/**
 * Index: outbox_parked_pkey. The events get new positions, in the order of their item's sequence,
 * behind what the item has published since: a consumer that keeps the last sequence of each item
 * sees them as old. The notification wakes the relay.
 */
export const REDRIVE_PARKED_EVENTS_SQL = `
  WITH redriven AS (
    UPDATE outbox_parked SET redriven_at = now()
    WHERE id = ANY ($1::uuid[]) AND redriven_at IS NULL
    RETURNING *
  ), inserted AS (
    INSERT INTO outbox_messages (partition, item_id, event_id, event_type, sequence, routing_key,
      correlation_id, payload, traceparent)
    SELECT partition, item_id, id, event_type, sequence, routing_key, correlation_id, payload,
      traceparent
    FROM redriven
    ORDER BY item_id, sequence
    RETURNING event_id
  ), woken AS MATERIALIZED (
    SELECT pg_notify('outbox', '') FROM (SELECT FROM inserted LIMIT 1) AS any_inserted
  )
  SELECT event_id FROM inserted LEFT JOIN woken ON true`;

/** Puts parked events back into the outbox; returns the ids of those that were parked. */
export async function redriveParkedEvents(
  db: Pool | ClientBase,
  eventIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await db.query<{ event_id: string }>(REDRIVE_PARKED_EVENTS_SQL, [eventIds]);
  return rows.map((row) => row.event_id);
}
