import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';

export interface StoredThresholdRule {
  id: string;
  productId: string | null;
  warehouseId: string | null;
  lowStockThreshold: number;
  hysteresis: number;
}

export interface ClockAndRules {
  /** The database's clock after the locks were granted, epoch milliseconds. */
  nowMs: number;
  rules: StoredThresholdRule[];
}

/**
 * Index: threshold_rules_scope_key, once for the products and once for the rules of any product.
 * One row at least: the clock stands beside a left join.
 */
export const READ_CLOCK_AND_RULES_SQL = `
SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8,
  r.id, r.product_id, r.warehouse_id, r.low_stock_threshold, r.hysteresis
FROM (VALUES (1)) AS clock
LEFT JOIN (
  SELECT * FROM threshold_rules WHERE is_active AND product_id = ANY ($1::uuid[])
  UNION ALL
  SELECT * FROM threshold_rules WHERE is_active AND product_id IS NULL
) AS r ON true`;

type Row = [number, string | null, string | null, string | null, number, number];

/** The time by which the batch is dated, and the rules that can concern its products. */
export async function readClockAndRules(
  client: ClientBase,
  productIds: readonly string[],
): Promise<ClockAndRules> {
  const { rows } = await client.query<Row>({
    name: 'read-clock-and-rules',
    text: READ_CLOCK_AND_RULES_SQL,
    rowMode: 'array',
    values: [arrayLiteral(productIds)],
  });
  const rules: StoredThresholdRule[] = [];
  for (const [, id, productId, warehouseId, lowStockThreshold, hysteresis] of rows) {
    if (id !== null) rules.push({ id, productId, warehouseId, lowStockThreshold, hysteresis });
  }
  return { nowMs: (rows[0] as Row)[0], rules };
}
