import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';

/** A sum of an item's movements up to one of them. */
export interface MovementSum {
  itemId: string;
  total: number;
  throughMovementId: string;
}

/**
 * Index: stock_movements_item_id_idx of the partitions in between, from each item's own start on.
 * `limit` rows of an item at most. Ids compare as their text does, and PostgreSQL has no max(uuid).
 */
export const SUM_MOVEMENTS_SQL = `
SELECT start.item_id, chunk.total, chunk.last, chunk.count
FROM unnest($1::uuid[], $2::uuid[]) AS start (item_id, after_id)
CROSS JOIN LATERAL (
  SELECT sum(m.quantity)::float8 AS total, max(m.id::text COLLATE "C") AS last,
    count(*)::int AS count
  FROM (
    SELECT id, quantity FROM stock_movements
    WHERE item_id = start.item_id AND id > start.after_id
      AND id < uuid_v7_floor(statement_timestamp() - make_interval(secs => $3::float8))
    ORDER BY id LIMIT $4::int
  ) AS m
) AS chunk
WHERE chunk.count > 0`;

export interface SumMovementsOptions {
  /** Younger movements are left for later: until then their order by id is not final. */
  readonly minAgeMs: number;
  readonly limit: number;
}

/**
 * Adds what comes next to each sum. Items without a movement to add are not in the answer;
 * `isMore` says that the limit cut an item's sum off.
 */
export async function sumMovements(
  db: Pool | ClientBase,
  starts: readonly MovementSum[],
  { minAgeMs, limit }: SumMovementsOptions,
): Promise<(MovementSum & { isMore: boolean })[]> {
  const { rows } = await db.query<[string, number, string, number]>({
    name: 'sum-movements',
    text: SUM_MOVEMENTS_SQL,
    rowMode: 'array',
    values: [
      arrayLiteral(starts.map((start) => start.itemId)),
      arrayLiteral(starts.map((start) => start.throughMovementId)),
      minAgeMs / 1_000,
      limit,
    ],
  });
  const totals = new Map(starts.map((start) => [start.itemId, start.total]));
  return rows.map(([itemId, total, throughMovementId, count]) => ({
    itemId,
    total: (totals.get(itemId) ?? 0) + total,
    throughMovementId,
    isMore: count === limit,
  }));
}
