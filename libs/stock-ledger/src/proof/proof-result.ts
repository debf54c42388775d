/** An item that does not add up. */
export interface DriftedItem {
  readonly itemId: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
  readonly sku: string | null;
  readonly onHand: number;
  /** What on hand should be. */
  readonly movementTotal: number;
  readonly reserved: number;
  /** What reserved should be. */
  readonly pendingTotal: number;
  /** When this difference was seen first; times are ISO 8601. */
  readonly foundAt: string;
}

export interface ProofResult {
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Every item was checked; otherwise those touched since the run before, and those in drift. */
  readonly isFull: boolean;
  readonly checkedItems: number;
  /** How many don't add up, those that an earlier run found included. */
  readonly driftedItems: number;
  /** The first of them. */
  readonly drifted: readonly DriftedItem[];
  /** When the last run that checked every item had finished; null before the first. */
  readonly lastFullAt: string | null;
}
