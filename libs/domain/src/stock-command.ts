export type ChangeType = 'PURCHASE' | 'SALE' | 'RETURN' | 'ADJUSTMENT';

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

export type StockCommand = ObserveCommand;
