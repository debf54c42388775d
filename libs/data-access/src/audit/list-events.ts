import type { ClientBase, Pool } from 'pg';
import { toAuditEvent, type AuditEvent, type AuditEventRow } from './audit-event';
import { toEventPageStatement, type EventPageQuery } from './event-query';
import { findProductsOfVariant } from './find-products-of-variant';

/** One page of the audit log. */
export async function listEvents(
  db: Pool | ClientBase,
  query: EventPageQuery,
): Promise<readonly AuditEvent[]> {
  const { variantId, productId } = query.filter;
  if (variantId === undefined || productId !== undefined) return readPage(db, query);
  // There is no index by variant: its product, nearly always a single one, leads to the rows.
  const [only, ...others] = await findProductsOfVariant(db, variantId);
  if (only === undefined) return [];
  if (others.length > 0) return readPage(db, query);
  return readPage(db, { ...query, filter: { ...query.filter, productId: only } });
}

async function readPage(
  db: Pool | ClientBase,
  query: EventPageQuery,
): Promise<readonly AuditEvent[]> {
  const { text, values } = toEventPageStatement(query);
  const { rows } = await db.query<AuditEventRow>(text, [...values]);
  return rows.map(toAuditEvent);
}
