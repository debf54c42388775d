import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import {
  PENDING_EVENT_COLUMNS,
  PENDING_EVENT_TYPES,
  toPendingEvent,
  type PendingEvent,
  type PendingEventValues,
} from './pending-event';

/**
 * Index: outbox_messages_pkey. Every page of one pass is cut out of the same snapshot: a lower
 * position that becomes visible between two pages is not missed, it belongs to the next pass.
 */
export const READ_OUTBOX_PAGE_SQL = `
  SELECT ${PENDING_EVENT_COLUMNS}
  FROM outbox_messages
  WHERE position > $1::bigint
    AND pg_visible_in_snapshot(xid, $2::pg_snapshot)
    AND partition = ANY ($3::smallint[])
  ORDER BY position
  LIMIT $4::int`;

export interface OutboxPage {
  readonly afterPosition: number;
  /** As text, from pg_current_snapshot(). */
  readonly snapshot: string;
  readonly partitions: readonly number[];
  readonly limit: number;
}

/** The next rows of the owned partitions that were visible in the snapshot, by position. */
export async function readOutboxPage(
  db: Pool | ClientBase,
  page: OutboxPage,
): Promise<PendingEvent[]> {
  const { rows } = await db.query<PendingEventValues[]>({
    name: 'read-outbox-page',
    text: READ_OUTBOX_PAGE_SQL,
    values: [page.afterPosition, page.snapshot, arrayLiteral(page.partitions), page.limit],
    rowMode: 'array',
    types: PENDING_EVENT_TYPES,
  });
  return (rows as unknown as PendingEventValues[]).map(toPendingEvent);
}
