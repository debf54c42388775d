import { AppError } from '@inventory-events/errors';
import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import {
  PENDING_EVENT_COLUMNS,
  PENDING_EVENT_TYPES,
  toPendingEvent,
  type PendingEvent,
  type PendingEventValues,
} from './pending-event';
import { parseSnapshot, type Snapshot } from './snapshot';

/**
 * Index: outbox_messages_xid_idx, twice. What became visible since the previous snapshot was written
 * by transactions that began after it (xid >= its xmax) or were running in it and have ended since;
 * as one OR it would be no index scan. Rows of transactions that still run are never looked at, nor
 * are dead rows, which are all older. The first row (position 0) carries this statement's own
 * snapshot (and the time): nothing that the statement sees is missing in it, and the other way round. Ordering by
 * an expression keeps the planner from walking the primary key instead.
 */
export const READ_OUTBOX_DELTA_SQL = `
  SELECT 0::bigint, 0::smallint, NULL::uuid, NULL::uuid, NULL::text, 0::bigint, NULL::text,
    NULL::text, pg_current_snapshot()::text, NULL::text,
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint, 0, NULL::bigint
  UNION ALL
  (SELECT ${PENDING_EVENT_COLUMNS}
   FROM (
     SELECT * FROM outbox_messages WHERE xid >= $1::xid8
     UNION ALL
     SELECT * FROM outbox_messages WHERE xid = ANY (ARRAY(
       SELECT ended FROM unnest($2::xid8[]) AS ended
       WHERE pg_visible_in_snapshot(ended, pg_current_snapshot())))
   ) AS fresh
   WHERE partition = ANY ($3::smallint[])
   ORDER BY position + 0
   LIMIT $4::int)`;

export interface OutboxDelta {
  readonly rows: PendingEvent[];
  /** The snapshot in which `rows` were read: the previous one of the next delta. */
  readonly snapshot: Snapshot;
  /** The database's clock. */
  readonly databaseTimeMs: number;
}

export interface OutboxDeltaQuery {
  readonly previous: Snapshot;
  readonly partitions: readonly number[];
  readonly limit: number;
}

/** The rows of the owned partitions that became visible since, by position, `limit` at most. */
export async function readOutboxDelta(
  db: Pool | ClientBase,
  query: OutboxDeltaQuery,
): Promise<OutboxDelta> {
  const { previous, partitions } = query;
  const result = await db.query<PendingEventValues[]>({
    name: 'read-outbox-delta',
    text: READ_OUTBOX_DELTA_SQL,
    values: [previous.xmax, arrayLiteral(previous.running), arrayLiteral(partitions), query.limit],
    rowMode: 'array',
    types: PENDING_EVENT_TYPES,
  });
  const rows: PendingEvent[] = [];
  let head: PendingEventValues | undefined;
  for (const values of result.rows as unknown as PendingEventValues[]) {
    if (values[0] === 0) head = values;
    else rows.push(toPendingEvent(values));
  }
  if (head === undefined) throw new AppError('INTERNAL', 'a delta came without its snapshot');
  return { rows, snapshot: parseSnapshot(head[8]), databaseTimeMs: head[10] };
}
