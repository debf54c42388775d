export type ChangeType = 'PURCHASE' | 'SALE' | 'RETURN' | 'ADJUSTMENT';

/** What a count by hand found; damaged units make a movement of their own kind. */
export type AdjustmentReason = 'ADJUSTMENT' | 'DAMAGE' | 'LOSS' | 'FOUND';

/** A new product gets its stock entry. What is known of an item already stays. */
export interface OpenCommand {
  type: 'open';
  /** What there is of it, unless that is known. */
  quantity: number;
  /** Becomes the item's own. */
  lowStockThreshold?: number;
}

/** A source reports the quantity on hand as it sees it. */
export interface ObserveCommand {
  type: 'observe';
  quantity: number;
  /** The quantity before, as the source saw it: a cross-check, or the baseline on first sight. */
  previousQuantity?: number;
  /** Judges this observation only. */
  lowStockThreshold?: number;
  /** The source's own numbering of its updates of this item. */
  sequence?: number;
  /** Epoch milliseconds by the source's clock. */
  occurredAt?: number;
  changeType?: ChangeType;
}

interface AdjustmentTerms {
  type: 'adjust';
  reason?: AdjustmentReason;
  changeType?: ChangeType;
}

/** Adds to the quantity on hand, or takes from it. */
export interface AdjustByCommand extends AdjustmentTerms {
  delta: number;
  setTo?: undefined;
}

/** Sets the quantity on hand, on request only where it still is what the caller saw. */
export interface AdjustToCommand extends AdjustmentTerms {
  setTo: number;
  expectedQuantity?: number;
  delta?: undefined;
}

export type AdjustCommand = AdjustByCommand | AdjustToCommand;

/** Bought units arrived. */
export interface ReceiveCommand {
  type: 'receive';
  quantity: number;
}

/** Sold units came back and can be sold again. */
export interface ReturnCommand {
  type: 'return';
  quantity: number;
}

/** Gives the item a threshold of its own, or with null leaves it to the rules again. */
export interface SetThresholdCommand {
  type: 'setThreshold';
  lowStockThreshold: number | null;
}

/** Takes the item out of sale: no new holds; those that exist can still be committed. */
export interface DiscontinueCommand {
  type: 'discontinue';
}

/** Takes a discontinued item back into sale. */
export interface ReinstateCommand {
  type: 'reinstate';
}

/** Tells that the stock does not add up: what stands written, and what it should be. */
export interface ReportDriftCommand {
  type: 'reportDrift';
  onHand: number;
  /** The sum of the movements. */
  movementTotal: number;
  reserved: number;
  /** The sum of the pending holds. */
  pendingTotal: number;
}

export type StockCommand =
  | OpenCommand
  | ObserveCommand
  | AdjustCommand
  | ReceiveCommand
  | ReturnCommand
  | SetThresholdCommand
  | DiscontinueCommand
  | ReinstateCommand
  | ReportDriftCommand;
