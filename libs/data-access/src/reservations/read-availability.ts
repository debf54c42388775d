import type { Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { textArray } from '../parameters/text-array';
import { overdueHoldsOf } from './overdue-holds-of';

/**
 * What a new order could have of `stock_items i`: nothing of what is out of sale; else what is not
 * held, and what overdue holds still count as held, as many of them as the ledger reclaims at once.
 */
const AVAILABLE_QUANTITY = `
CASE WHEN i.status = 'DISCONTINUED' THEN 0
WHEN i.reserved = 0 THEN i.on_hand
ELSE i.on_hand - i.reserved + coalesce((SELECT sum(overdue.quantity) FROM (
  SELECT r.quantity FROM reservations r ${overdueHoldsOf('i.id')}) AS overdue), 0) END`;

const OUT_OF_SALE = 'out of sale';

/**
 * Indexes: stock_items_pkey, reservations_pending_item_idx. One text in the order of the ids, which
 * costs less to send and to take apart than a row for each.
 */
export const READ_AVAILABILITY_SQL = `
SELECT string_agg(coalesce(
  CASE i.status WHEN 'DISCONTINUED' THEN '${OUT_OF_SALE}' ELSE (${AVAILABLE_QUANTITY})::text END, ''),
  ',' ORDER BY wanted.n)
FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, n)
LEFT JOIN stock_items i ON i.id = wanted.id`;

/**
 * Indexes: stock_items_item_key or stock_items_sku_idx, reservations_pending_item_idx. Each line
 * names a product or else a SKU, and whatever else it names has to fit.
 */
export const SUM_AVAILABILITY_SQL = `
SELECT line.n::int, count(*)::int, sum(${AVAILABLE_QUANTITY})::float8,
  bool_and(i.status = 'DISCONTINUED')
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) WITH ORDINALITY
  AS line (product_id, variant_id, warehouse_id, sku, n)
CROSS JOIN LATERAL (
  SELECT * FROM stock_items p
  WHERE p.product_id = line.product_id AND (line.sku IS NULL OR p.sku = line.sku)
  UNION ALL
  SELECT * FROM stock_items s WHERE s.sku = line.sku AND line.product_id IS NULL
) AS i
WHERE (line.variant_id IS NULL OR i.variant_id = line.variant_id)
  AND (line.warehouse_id IS NULL OR i.warehouse_id = line.warehouse_id)
GROUP BY line.n`;

export interface Availability {
  availableQuantity: number;
  isDiscontinued: boolean;
}

export interface AvailabilitySum extends Availability {
  itemCount: number;
}

export interface AvailabilityLine {
  productId?: string | undefined;
  variantId?: string | undefined;
  warehouseId?: string | undefined;
  sku?: string | undefined;
}

/** In the order of the ids, at least one; as one moment saw all. Undefined: there is no such item. */
export async function readAvailability(
  pool: Pool,
  itemIds: readonly string[],
): Promise<readonly (Availability | undefined)[]> {
  const { rows } = await pool.query<[string]>({
    name: 'read-availability',
    text: READ_AVAILABILITY_SQL,
    rowMode: 'array',
    values: [arrayLiteral(itemIds)],
  });
  const [[text]] = rows as [[string]];
  return text.split(',').map(toAvailability);
}

function toAvailability(text: string): Availability | undefined {
  if (text === '') return undefined;
  if (text === OUT_OF_SALE) return { availableQuantity: 0, isDiscontinued: true };
  return { availableQuantity: Number(text), isDiscontinued: false };
}

/** By the lines' index: all items that fit a line together. A line without a product names a SKU. */
export async function sumAvailability(
  pool: Pool,
  lines: readonly AvailabilityLine[],
): Promise<Map<number, AvailabilitySum>> {
  const { rows } = await pool.query<[number, number, number, boolean]>({
    name: 'sum-availability',
    text: SUM_AVAILABILITY_SQL,
    rowMode: 'array',
    values: [
      arrayLiteral(lines.map((line) => line.productId ?? null)),
      arrayLiteral(lines.map((line) => line.variantId ?? null)),
      arrayLiteral(lines.map((line) => line.warehouseId ?? null)),
      textArray(lines.map((line) => line.sku ?? null)),
    ],
  });
  return new Map(
    rows.map(([n, itemCount, availableQuantity, isDiscontinued]) => [
      n - 1,
      { itemCount, availableQuantity, isDiscontinued },
    ]),
  );
}
