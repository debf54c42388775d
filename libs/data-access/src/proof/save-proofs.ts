import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import type { StoredProof } from './read-proofs';

/**
 * Index: stock_proofs_pkey. Ordered, so that two runs can't deadlock. What retention has moved on
 * since the proof was read stays as it is.
 */
export const SAVE_PROOFS_SQL = `
INSERT INTO stock_proofs AS p (item_id, movement_total, through_movement_id, archived_total,
  archived_through, drift_id, on_hand_difference, reserved_difference, drift_found_at)
SELECT item_id, movement_total, through_movement_id, archived_total, archived_through, drift_id,
  on_hand_difference, reserved_difference, to_timestamp(found_at / 1000.0)
FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::bigint[], $5::uuid[], $6::uuid[],
  $7::bigint[], $8::bigint[], $9::float8[])
  AS saved (item_id, movement_total, through_movement_id, archived_total, archived_through,
    drift_id, on_hand_difference, reserved_difference, found_at)
ORDER BY item_id
ON CONFLICT (item_id) DO UPDATE SET
  movement_total = excluded.movement_total, through_movement_id = excluded.through_movement_id,
  drift_id = excluded.drift_id, on_hand_difference = excluded.on_hand_difference,
  reserved_difference = excluded.reserved_difference, drift_found_at = excluded.drift_found_at,
  drift_reported_at = CASE WHEN p.drift_id = excluded.drift_id THEN p.drift_reported_at END
WHERE p.archived_through = excluded.archived_through`;

export async function saveProofs(
  db: Pool | ClientBase,
  proofs: readonly StoredProof[],
): Promise<void> {
  await db.query({
    name: 'save-proofs',
    text: SAVE_PROOFS_SQL,
    values: [
      arrayLiteral(proofs.map((proof) => proof.itemId)),
      arrayLiteral(proofs.map((proof) => proof.movementTotal)),
      arrayLiteral(proofs.map((proof) => proof.throughMovementId)),
      arrayLiteral(proofs.map((proof) => proof.archivedTotal)),
      arrayLiteral(proofs.map((proof) => proof.archivedThrough)),
      arrayLiteral(proofs.map((proof) => proof.drift?.id ?? null)),
      arrayLiteral(proofs.map((proof) => proof.drift?.onHandDifference ?? 0)),
      arrayLiteral(proofs.map((proof) => proof.drift?.reservedDifference ?? 0)),
      arrayLiteral(proofs.map((proof) => proof.drift?.foundAtMs ?? null)),
    ],
  });
}

/** Index: stock_proofs_drift_idx. A drift that has changed meanwhile is another one. */
export const MARK_DRIFTS_REPORTED_SQL = `
UPDATE stock_proofs AS p SET drift_reported_at = statement_timestamp()
FROM unnest($1::uuid[], $2::uuid[]) AS reported (item_id, drift_id)
WHERE p.item_id = reported.item_id AND p.drift_id = reported.drift_id`;

export async function markDriftsReported(
  db: Pool | ClientBase,
  drifts: readonly { itemId: string; driftId: string }[],
): Promise<void> {
  await db.query({
    name: 'mark-drifts-reported',
    text: MARK_DRIFTS_REPORTED_SQL,
    values: [
      arrayLiteral(drifts.map((drift) => drift.itemId)),
      arrayLiteral(drifts.map((drift) => drift.driftId)),
    ],
  });
}
