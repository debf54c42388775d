import type { ClientBase, Pool } from 'pg';

/** Index: outbox_parked_parked_at_idx (parked_at, id), from the cursor on. */
export const LIST_PARKED_EVENTS_SQL = `
  SELECT id, event_type AS "eventType", item_id AS "itemId", sequence::float8 AS sequence,
    routing_key AS "routingKey", correlation_id AS "correlationId", payload,
    created_at AS "createdAt", attempts, error_code AS "errorCode", error_message AS "errorMessage",
    parked_at AS "parkedAt"
  FROM outbox_parked
  WHERE redriven_at IS NULL
    AND (parked_at, id) > ($1::timestamptz, $2::uuid)
  ORDER BY parked_at, id
  LIMIT $3::int`;

export interface ParkedEvent {
  readonly id: string;
  readonly eventType: string;
  readonly itemId: string;
  readonly sequence: number;
  readonly routingKey: string;
  readonly correlationId: string;
  readonly payload: string;
  readonly createdAt: Date;
  readonly attempts: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly parkedAt: Date;
}

export interface ParkedPosition {
  readonly parkedAt: Date;
  readonly id: string;
}

const START: ParkedPosition = { parkedAt: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** Parked events that wait for an operator, the longest parked first. */
export async function listParkedEvents(
  db: Pool | ClientBase,
  { after = START, limit }: { readonly after?: ParkedPosition | undefined; readonly limit: number },
): Promise<readonly ParkedEvent[]> {
  const { rows } = await db.query<ParkedEvent>(LIST_PARKED_EVENTS_SQL, [
    after.parkedAt,
    after.id,
    limit,
  ]);
  return rows;
}
