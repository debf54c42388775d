import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import {
  PENDING_EVENT_COLUMNS,
  PENDING_EVENT_TYPES,
  toPendingEvent,
  type PendingEvent,
  type PendingEventValues,
} from './pending-event';

/** Index: outbox_messages_pkey. */
export const READ_OUTBOX_ROWS_SQL = `
  SELECT ${PENDING_EVENT_COLUMNS}
  FROM outbox_messages
  WHERE position = ANY ($1::bigint[])
  ORDER BY position`;

/** Rows whose positions are known from an earlier read; those that are gone are left out. */
export async function readOutboxRows(
  db: Pool | ClientBase,
  positions: readonly number[],
): Promise<PendingEvent[]> {
  const { rows } = await db.query<PendingEventValues[]>({
    name: 'read-outbox-rows',
    text: READ_OUTBOX_ROWS_SQL,
    values: [arrayLiteral(positions)],
    rowMode: 'array',
    types: PENDING_EVENT_TYPES,
  });
  return (rows as unknown as PendingEventValues[]).map(toPendingEvent);
}
