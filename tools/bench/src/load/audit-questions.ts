import type { Pool } from 'pg';
import { DAYS_OF_LOG } from './grow-audit-log';

/** Paths to ask in turn, by the kind of question. */
export type AuditQuestions = Record<string, readonly string[]>;

const SAMPLES = 100;
const EVENTS_IN_RANGE = 3_000;

/** Questions about events that are there, spread over all of the log, each with a full page. */
export async function auditQuestions(pool: Pool, rowsInLog: number): Promise<AuditQuestions> {
  const { rows } = await pool.query<{ productId: string; type: string; at: Date }>(
    `SELECT product_id AS "productId", event_type AS type, created_at AS at
     FROM inventory_events TABLESAMPLE SYSTEM (1) ORDER BY random() LIMIT ${SAMPLES}`,
  );
  const rangeMs = (DAYS_OF_LOG * 86_400_000 * EVENTS_IN_RANGE) / rowsInLog;
  if (rows.length === 0) throw new Error('the audit log has no sample');
  return {
    'list by product': rows.map(
      ({ productId }) => `/api/v1/events?productId=${productId}&limit=50`,
    ),
    'list by type and time': rows.map(({ type, at }) => {
      const query = new URLSearchParams({
        type,
        from: at.toISOString(),
        to: new Date(at.getTime() + rangeMs).toISOString(),
        limit: '50',
      });
      return `/api/v1/events?${query.toString()}`;
    }),
    timeline: rows.map(({ productId }) => `/api/v1/products/${productId}/timeline?limit=50`),
  };
}
