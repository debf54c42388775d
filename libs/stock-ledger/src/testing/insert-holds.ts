import type { Pool } from 'pg';

export interface HoldsToInsert {
  items: number;
  holdsPerItem: number;
  /** Holds of one order, of as many items. */
  holdsPerOrder?: number;
  /** How long ago their time ended, or with a minus, in how long it will. */
  overdueSeconds: number;
}

/** Items of ten units more than is held of them, and their pending holds; proof against a proof. */
export async function insertHolds(pool: Pool, holds: HoldsToInsert): Promise<string[]> {
  const { items, holdsPerItem, holdsPerOrder = 1, overdueSeconds } = holds;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO stock_items (id, product_id, on_hand, reserved, status, baselined)
     SELECT gen_random_uuid(), gen_random_uuid(), $2::int + 10, $2, 'IN_STOCK', true
     FROM generate_series(1, $1) RETURNING id`,
    [items, holdsPerItem],
  );
  const itemIds = rows.map((row) => row.id);
  await pool.query(
    `WITH made AS (
       SELECT id, quantity, uuid_v7_floor(clock_timestamp()) AS floor, row_number() OVER () AS n
       FROM unnest($1::uuid[]) AS item (id) CROSS JOIN (SELECT $2::int + 10 AS quantity) AS q)
     INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after, reason)
     SELECT (substr(floor::text, 1, 24) || lpad(to_hex(n), 12, '0'))::uuid, id, 'ADJUSTMENT',
       quantity, quantity, 'baseline' FROM made`,
    [itemIds, holdsPerItem],
  );
  await pool.query(
    `WITH hold AS (
       SELECT item.id, item.n + cardinality($1::uuid[]) * (series - 1) AS n
       FROM unnest($1::uuid[]) WITH ORDINALITY AS item (id, n)
       CROSS JOIN generate_series(1, $2::int) AS series)
     INSERT INTO reservations (id, order_id, item_id, quantity, status, expires_at, correlation_id)
     SELECT gen_random_uuid(), md5(((n - 1) / $3::int)::text || $1[1]::text)::uuid, id, 1, 'PENDING',
       now() - make_interval(secs => $4::float8), 'order ' || (n - 1) / $3::int FROM hold`,
    [itemIds, holdsPerItem, holdsPerOrder, overdueSeconds],
  );
  return itemIds;
}
