import type { Pool } from 'pg';
import { MAX_UUID } from '../ids/max-uuid';

export interface StoredMovement {
  readonly id: string;
  readonly type: 'INBOUND' | 'OUTBOUND' | 'ADJUSTMENT' | 'TRANSFER' | 'RETURN' | 'DAMAGE';
  /** Signed change of the quantity on hand. */
  readonly quantity: number;
  readonly quantityAfter: number;
  readonly reason: string | null;
  readonly note: string | null;
  readonly reference: string | null;
  readonly performedBy: string | null;
  readonly createdAt: Date;
}

/**
 * Index: stock_movements_item_id_idx (item, id) of each partition, newest first; partitions behind
 * the limit are not read.
 */
export const LIST_MOVEMENTS_SQL = `
SELECT id, type, quantity, quantity_after AS "quantityAfter", reason, note, reference,
  performed_by AS "performedBy", created_at AS "createdAt"
FROM stock_movements
WHERE item_id = $1::uuid AND id < $2::uuid
ORDER BY id DESC
LIMIT $3::int`;

export interface MovementPageQuery {
  readonly itemId: string;
  /** The last id of the page before. */
  readonly beforeId?: string | undefined;
  readonly limit: number;
}

/** What moved an item's stock, newest first. */
export async function listMovements(
  pool: Pool,
  { itemId, beforeId = MAX_UUID, limit }: MovementPageQuery,
): Promise<StoredMovement[]> {
  const { rows } = await pool.query<StoredMovement>(LIST_MOVEMENTS_SQL, [itemId, beforeId, limit]);
  return rows;
}
