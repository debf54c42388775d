import type { ErrorCode } from '@inventory-events/errors';
import type { ClientBase, Pool } from 'pg';

/**
 * Index: outbox_messages_pkey. Later events of the item are published as soon as this has
 * committed, so this commit waits for the disk, unlike the others of the relay's sessions.
 */
export const PARK_OUTBOX_ROW_SQL = `
  WITH durable AS MATERIALIZED (
    SELECT set_config('synchronous_commit', 'on', true)
  ), taken AS (
    DELETE FROM outbox_messages WHERE position = $1::bigint RETURNING *
  )
  INSERT INTO outbox_parked (id, partition, item_id, event_type, sequence, routing_key,
    correlation_id, payload, traceparent, created_at, attempts, error_code, error_message)
  SELECT event_id, partition, item_id, event_type, sequence, routing_key,
    correlation_id, payload, traceparent, created_at, $2::int, $3::text, $4::text
  FROM taken, durable
  ON CONFLICT (id) DO UPDATE SET attempts = excluded.attempts, error_code = excluded.error_code,
    error_message = excluded.error_message, parked_at = now(), redriven_at = NULL`;

export interface ParkOutboxRow {
  readonly position: number;
  readonly attempts: number;
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
}

/** Sets an event aside after its attempts. False when the row was gone already. */
export async function parkOutboxRow(db: Pool | ClientBase, row: ParkOutboxRow): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'park-outbox-row',
    text: PARK_OUTBOX_ROW_SQL,
    values: [row.position, row.attempts, row.errorCode, row.errorMessage],
  });
  return rowCount === 1;
}
