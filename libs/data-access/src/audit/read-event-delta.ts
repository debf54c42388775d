import { AppError } from '@inventory-events/errors';
import type { ClientBase, Pool } from 'pg';
import { parseSnapshot, type Snapshot } from '../outbox/snapshot';
import {
  AUDIT_EVENT_COLUMNS,
  toAuditEvent,
  type AuditEvent,
  type AuditEventRow,
} from './audit-event';

/**
 * Index: inventory_events_xid_idx, twice, of every partition. Rows became visible since the previous
 * snapshot exactly if their transaction began after it (xid >= its xmax) or was running in it; as
 * one OR it would be no index scan. A bound on the ids would spare the probes of old partitions, but
 * lead the planner to the primary key, and lose the rows of a transaction that was open for longer.
 *
 * Within a delta rows go by id: an item's ids are made while its row is locked, so they are in the
 * order of its sequence, which the ids of transactions are not. OFFSET 0 keeps the planner from
 * walking the primary key instead. All pages of a delta are cut out of the snapshot of the first.
 */
export const READ_EVENT_DELTA_SQL = `
  SELECT pg_current_snapshot()::text AS snapshot, page.*
  FROM (SELECT) AS always LEFT JOIN (
    SELECT * FROM (
      SELECT ${AUDIT_EVENT_COLUMNS}, xid FROM inventory_events
      WHERE xid >= $1::xid8
      UNION ALL
      SELECT ${AUDIT_EVENT_COLUMNS}, xid FROM inventory_events
      WHERE xid = ANY ($2::xid8[])
      OFFSET 0
    ) AS fresh
    WHERE id > $3::uuid AND ($4::pg_snapshot IS NULL OR pg_visible_in_snapshot(xid, $4))
    ORDER BY id
    LIMIT $5::int
  ) AS page ON true`;

export interface EventDeltaPage {
  readonly events: readonly AuditEvent[];
  /** The snapshot of the delta: the previous one of the next delta once all pages are read. */
  readonly snapshot: Snapshot;
  readonly isLast: boolean;
}

export interface EventDeltaQuery {
  readonly previous: Snapshot;
  /** The snapshot to cut the delta out of; the present one when left out, as for a first page. */
  readonly until?: Snapshot | undefined;
  /** The last id of the page before. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** The events that became visible since the previous snapshot, page by page. */
export async function readEventDelta(
  db: Pool | ClientBase,
  { previous, until, afterId = NIL_UUID, limit }: EventDeltaQuery,
): Promise<EventDeltaPage> {
  const { rows } = await db.query<AuditEventRow & { snapshot: string; id: string | null }>({
    name: 'read-event-delta',
    text: READ_EVENT_DELTA_SQL,
    values: [previous.xmax, previous.running, afterId, until?.text ?? null, limit],
  });
  const [first] = rows;
  if (first === undefined) throw new AppError('INTERNAL', 'a delta came without its snapshot');
  const events = rows.filter((row) => row.id !== null).map(toAuditEvent);
  return {
    events,
    snapshot: until ?? parseSnapshot(first.snapshot),
    isLast: events.length < limit,
  };
}

export async function readCurrentSnapshot(db: Pool | ClientBase): Promise<Snapshot> {
  const { rows } = await db.query<{ snapshot: string }>(
    'SELECT pg_current_snapshot()::text AS snapshot',
  );
  return parseSnapshot(rows[0]?.snapshot ?? '');
}
