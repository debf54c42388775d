import type { ClientBase, Pool } from 'pg';
import { uuidV7Floor } from '../ids/uuid-v7-floor';
import type { AuditEvent } from './audit-event';

export interface AuditMovement {
  readonly id: string;
  readonly itemId: string;
  readonly causeMessageId: string | null;
  readonly type: string;
  readonly quantity: number;
  readonly quantityAfter: number;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly performedBy: string | null;
  /** What the message said the quantity had been, where it was wrong. */
  readonly reportedPreviousQuantity: number | null;
}

/** Index: stock_movements_item_id_idx (item, id) of the partitions that the events lie in. */
export const LIST_MOVEMENTS_OF_EVENTS_SQL = `
  SELECT id, item_id AS "itemId", cause_message_id AS "causeMessageId", type::text AS type, quantity,
    quantity_after AS "quantityAfter", reason, reference, performed_by AS "performedBy",
    reported_previous_quantity AS "reportedPreviousQuantity"
  FROM stock_movements
  WHERE item_id = ANY ($1::uuid[]) AND id >= $2::uuid AND id < $3::uuid
    AND cause_message_id = ANY ($4::uuid[])
  ORDER BY id`;

/** A batch gives its ids out of one millisecond, and borrows from the next ones when they run out. */
const ID_SPREAD_MS = 1_000;

/** The movements that the causes of these events made on the events' items. */
export async function listMovementsOfEvents(
  db: Pool | ClientBase,
  events: readonly AuditEvent[],
): Promise<readonly AuditMovement[]> {
  if (events.length === 0) return [];
  const times = events.map((event) => Date.parse(event.createdAt));
  const { rows } = await db.query<AuditMovement>(LIST_MOVEMENTS_OF_EVENTS_SQL, [
    [...new Set(events.map((event) => event.itemId))],
    uuidV7Floor(Math.min(...times) - ID_SPREAD_MS),
    uuidV7Floor(Math.max(...times) + ID_SPREAD_MS),
    [...new Set(events.map((event) => event.causeMessageId).filter((id) => id !== null))],
  ]);
  return rows;
}
