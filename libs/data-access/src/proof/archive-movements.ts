import type { ClientBase } from 'pg';

/**
 * Index: none, it reads the partition as a whole; stock_proofs_pkey for what it is joined with and
 * written to. Counts a movement once: in the sum of an item whose proof has not come to it, and in
 * the archived sum of every item.
 */
export function archiveMovementsSql(partition: string): string {
  return `
WITH dropped AS (
  SELECT m.item_id, sum(m.quantity) AS total,
    coalesce(sum(m.quantity) FILTER (WHERE p.item_id IS NULL OR m.id > p.through_movement_id), 0)
      AS uncounted
  FROM ${partition} m LEFT JOIN stock_proofs p ON p.item_id = m.item_id
  GROUP BY m.item_id
)
INSERT INTO stock_proofs AS p
  (item_id, movement_total, through_movement_id, archived_total, archived_through)
SELECT item_id, uncounted, $1::uuid, total, $1::uuid FROM dropped
ON CONFLICT (item_id) DO UPDATE SET
  movement_total = p.movement_total + excluded.movement_total,
  through_movement_id = greatest(p.through_movement_id, excluded.through_movement_id),
  archived_total = p.archived_total + excluded.archived_total,
  archived_through = excluded.archived_through`;
}

/** It reads weeks of movements. */
const ARCHIVE_TIMEOUT_MS = 900_000;

/**
 * `partition` is a name as the database writes it (regclass). Keeps the sums of a partition of
 * movements that the caller drops in the same transaction, the oldest first, so that on hand can be
 * proved without it. Waits for writers of the partition, of which there are none any more, and
 * makes proofs wait until the transaction ends.
 */
export async function archiveMovements(
  client: ClientBase,
  { partition, upperBoundId }: { partition: string; upperBoundId: string },
): Promise<void> {
  await client.query(`LOCK TABLE ${partition} IN SHARE MODE`);
  await client.query('LOCK TABLE stock_proofs IN SHARE ROW EXCLUSIVE MODE');
  const statement = {
    text: archiveMovementsSql(partition),
    values: [upperBoundId],
    query_timeout: ARCHIVE_TIMEOUT_MS,
  };
  await client.query(statement);
}
