import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { NIL_UUID } from '../stock/item-key';

/** What is kept of the proof of one item. */
export interface StoredProof {
  itemId: string;
  /** The sum of the movements up to `throughMovementId`, dropped ones included. */
  movementTotal: number;
  throughMovementId: string;
  /** The sum of the movements that retention has dropped, and the bound of their ids. */
  archivedTotal: number;
  archivedThrough: string;
  /** The drift that stands, null where the item added up. */
  drift: StoredDrift | null;
}

export interface StoredDrift {
  id: string;
  onHandDifference: number;
  reservedDifference: number;
  /** Epoch milliseconds. */
  foundAtMs: number;
  isReported: boolean;
}

/** Index: stock_proofs_pkey. */
export const READ_PROOFS_SQL = `
SELECT p.item_id, p.movement_total::float8, p.through_movement_id, p.archived_total::float8,
  p.archived_through, p.drift_id, p.on_hand_difference::float8, p.reserved_difference::float8,
  round(extract(epoch FROM p.drift_found_at) * 1000)::float8, p.drift_reported_at IS NOT NULL
FROM stock_proofs p WHERE p.item_id = ANY ($1::uuid[])`;

type Row = [
  string,
  number,
  string,
  number,
  string,
  string | null,
  number,
  number,
  number | null,
  boolean,
];

/** By item; items of which nothing is kept are not in the answer. */
export async function readProofs(
  db: Pool | ClientBase,
  itemIds: readonly string[],
): Promise<Map<string, StoredProof>> {
  const { rows } = await db.query<Row>({
    name: 'read-proofs',
    text: READ_PROOFS_SQL,
    rowMode: 'array',
    values: [arrayLiteral(itemIds)],
  });
  return new Map(rows.map((row) => [row[0], toStoredProof(row)]));
}

/** The proof of an item that was never checked. */
export function emptyProof(itemId: string): StoredProof {
  return {
    itemId,
    movementTotal: 0,
    throughMovementId: NIL_UUID,
    archivedTotal: 0,
    archivedThrough: NIL_UUID,
    drift: null,
  };
}

function toStoredProof(row: Row): StoredProof {
  return {
    itemId: row[0],
    movementTotal: row[1],
    throughMovementId: row[2],
    archivedTotal: row[3],
    archivedThrough: row[4],
    drift:
      row[5] === null
        ? null
        : {
            id: row[5],
            onHandDifference: row[6],
            reservedDifference: row[7],
            foundAtMs: row[8] ?? 0,
            isReported: row[9],
          },
  };
}
