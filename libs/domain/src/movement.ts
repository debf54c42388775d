export type MovementType = 'INBOUND' | 'OUTBOUND' | 'ADJUSTMENT' | 'TRANSFER' | 'RETURN' | 'DAMAGE';

/**
 * `baseline`: the quantity an item was first seen with; `observed`: a source reported a change;
 * `committed`: held units were sold; the others name what a hand recorded.
 */
export type MovementReason =
  | 'baseline'
  | 'observed'
  | 'adjusted'
  | 'damaged'
  | 'lost'
  | 'found'
  | 'received'
  | 'returned'
  | 'committed';

/** One line of an item's history; on hand is the sum of them all. */
export interface Movement {
  type: MovementType;
  /** Signed change of the quantity on hand. */
  quantity: number;
  reason: MovementReason;
  /** What it belongs to, such as the order whose hold was committed. */
  reference?: string;
}
