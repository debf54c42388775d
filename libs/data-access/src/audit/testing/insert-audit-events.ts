import type { ClientBase, Pool } from 'pg';

export interface AuditFixture {
  readonly count: number;
  /** The rows are spread evenly over this time before now. */
  readonly spreadMs: number;
  readonly products?: number;
}

/** The id of the n-th product of the fixtures. */
export function fixtureProductId(index: number): string {
  return `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** Many audit rows in one statement: level and status changes, few crossings. */
export async function insertAuditEvents(
  db: Pool | ClientBase,
  { count, spreadMs, products = 100 }: AuditFixture,
): Promise<void> {
  await db.query(
    `INSERT INTO inventory_events (id, product_id, item_id, sku, event_type, sequence,
       previous_quantity, new_quantity, low_stock_threshold, threshold_source, cause,
       cause_message_id, correlation_id, data, created_at)
     SELECT
       overlay(uuid_v7_floor(at)::text placing substr(md5(random()::text || n), 1, 12) from 25)::uuid,
       ('00000000-0000-4000-8000-' || lpad(to_hex(n % $3), 12, '0'))::uuid,
       ('00000000-0000-7000-8000-' || lpad(to_hex(n % $3), 12, '0'))::uuid,
       'SKU-' || n % $3,
       CASE WHEN n % 97 = 0 THEN 'LOW_STOCK' WHEN n % 101 = 0 THEN 'OUT_OF_STOCK' WHEN n % 3 = 0 THEN 'StockStatusChangedEvent'
         ELSE 'StockLevelChangedEvent' END,
       n / $3 + 1, n % 50, n % 40, 10, 'default', 'observe', gen_random_uuid(), 'c-' || n / 3,
       '{}', at
     FROM generate_series(0, $1::int - 1) AS n,
       LATERAL (SELECT date_trunc('milliseconds',
         now() - make_interval(secs => $2::float8 / 1000 * (1 - n::float8 / $1))) AS at) AS time`,
    [count, spreadMs, products],
  );
}
