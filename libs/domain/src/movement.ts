export type MovementType = 'INBOUND' | 'OUTBOUND' | 'ADJUSTMENT' | 'TRANSFER' | 'RETURN' | 'DAMAGE';

/** `baseline`: the quantity an item was first seen with; `observed`: a source reported a change. */
export type MovementReason = 'baseline' | 'observed';

/** One line of an item's history; on hand is the sum of them all. */
export interface Movement {
  type: MovementType;
  /** Signed change of the quantity on hand. */
  quantity: number;
  reason: MovementReason;
}
