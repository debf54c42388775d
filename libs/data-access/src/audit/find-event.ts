import type { ClientBase, Pool } from 'pg';
import {
  AUDIT_EVENT_COLUMNS,
  toAuditEvent,
  type AuditEvent,
  type AuditEventRow,
} from './audit-event';

/** Index: inventory_events_pkey of the one partition that the id belongs to. */
export const FIND_EVENT_SQL = `
  SELECT ${AUDIT_EVENT_COLUMNS} FROM inventory_events WHERE id = $1::uuid`;

export async function findEvent(
  db: Pool | ClientBase,
  id: string,
): Promise<AuditEvent | undefined> {
  const { rows } = await db.query<AuditEventRow>(FIND_EVENT_SQL, [id]);
  return rows[0] && toAuditEvent(rows[0]);
}
