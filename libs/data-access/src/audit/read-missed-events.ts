import type { ClientBase, Pool } from 'pg';
import type { Snapshot } from '../outbox/snapshot';
import {
  AUDIT_EVENT_COLUMNS,
  toAuditEvent,
  type AuditEvent,
  type AuditEventRow,
} from './audit-event';

/**
 * Index: inventory_events_pkey of the partitions from the bound on. Walks the ids from the page
 * before, so its cost doesn't grow with the pages, and stops at the present: all pages of a pass are
 * cut out of one snapshot, and what becomes visible later belongs to what comes after the pass.
 */
export const READ_MISSED_EVENTS_SQL = `
  SELECT ${AUDIT_EVENT_COLUMNS} FROM inventory_events
  WHERE id > $1::uuid AND xid >= $2::xid8 AND pg_visible_in_snapshot(xid, $3::pg_snapshot)
  ORDER BY id
  LIMIT $4::int`;

export interface MissedEventsQuery {
  readonly afterId: string;
  /** Transactions below it were seen entirely. */
  readonly fromXid: string;
  readonly snapshot: Snapshot;
  readonly limit: number;
}

export async function readMissedEvents(
  db: Pool | ClientBase,
  query: MissedEventsQuery,
): Promise<readonly AuditEvent[]> {
  const { rows } = await db.query<AuditEventRow>(READ_MISSED_EVENTS_SQL, [
    query.afterId,
    query.fromXid,
    query.snapshot.text,
    query.limit,
  ]);
  return rows.map(toAuditEvent);
}
