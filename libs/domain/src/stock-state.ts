import type { StockStatus } from './thresholds/stock-status';

/** What the ledger stores of one item (a product or variant in one warehouse). */
export interface StockState {
  onHand: number;
  reserved: number;
  status: StockStatus;
  /** Number of the item's last event; 0 before the first. */
  sequence: number;
  /** False until the first observation or receipt says how much there is. */
  baselined: boolean;
  /** The item's own threshold, when it has one. */
  lowStockThreshold: number | null;
  /** How far the source's own numbering of its updates has come. */
  sourceSequence: number | null;
  /** Epoch milliseconds of the latest update applied, by the source's clock. */
  sourceOccurredAt: number | null;
}
