import type { Pool } from 'pg';

const EVENTS_PER_PRODUCT = 250;
const ROWS_PER_STATEMENT = 100_000;
export const DAYS_OF_LOG = 28;

/**
 * Grows the audit log to `rows` events over the last weeks. The number of products grows with it,
 * so that the same question has an answer of the same length in a small and in a large log. Most
 * events are about levels, one in ten is a crossing.
 */
export async function growAuditLog(pool: Pool, rows: number): Promise<void> {
  await pool.query(
    `SELECT ensure_time_partitions('inventory_events', interval '7 days',
       now() - interval '${DAYS_OF_LOG + 7} days', now() + interval '1 day')`,
  );
  const { rows: counted } = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM inventory_events',
  );
  const present = counted[0]?.count ?? 0;
  for (let from = present; from < rows; from += ROWS_PER_STATEMENT) {
    const end = Math.min(rows, from + ROWS_PER_STATEMENT);
    await pool.query(INSERT, [from, end - 1, rows]);
  }
  await pool.query('VACUUM ANALYZE inventory_events');
  await pool.query('CHECKPOINT');
}

/** $1 and $2: the first and the last row; $3: how many there will be over the whole time. */
const INSERT = `
  INSERT INTO inventory_events
    (id, product_id, item_id, sku, event_type, sequence, previous_quantity, new_quantity,
     low_stock_threshold, threshold_source, cause, cause_message_id, correlation_id, data, created_at)
  SELECT
    overlay(uuid_v7_floor(made.at)::text PLACING right(md5('event' || made.n || '/' || $3), 12)
      FROM 25)::uuid,
    made.product, made.product, 'SKU-' || made.rank,
    CASE WHEN made.n % 10 > 0 THEN 'StockLevelChangedEvent'
      ELSE (ARRAY['LOW_STOCK', 'OUT_OF_STOCK', 'BACK_IN_STOCK'])[1 + made.n / 10 % 3] END,
    made.n, 20, 10, 10, 'default', 'observe', gen_random_uuid(), gen_random_uuid()::text,
    jsonb_build_object('productVariantId', made.product, 'productId', made.product,
      'sequence', made.n, 'oldQuantity', 20, 'newQuantity', 10, 'quantityChanged', -10,
      'changeType', 'SALE', 'timestamp', made.at),
    made.at
  FROM (
    SELECT n, rank, md5('product' || rank)::uuid AS product,
      date_trunc('milliseconds', now() - interval '${DAYS_OF_LOG} days'
        + interval '${DAYS_OF_LOG} days' * ((n + 1)::float8 / $3)) AS at
    FROM (SELECT n, (hashint8(n)::bigint & 2147483647) % greatest(1, $3::bigint / ${EVENTS_PER_PRODUCT}) AS rank
      FROM generate_series($1::bigint, $2::bigint) AS n) AS numbered
  ) AS made`;
