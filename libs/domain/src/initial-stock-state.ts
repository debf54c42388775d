import type { StockState } from './stock-state';

/** An item of which nothing is known yet. */
export function initialStockState(): StockState {
  return {
    onHand: 0,
    reserved: 0,
    status: 'OUT_OF_STOCK',
    sequence: 0,
    baselined: false,
    lowStockThreshold: null,
    sourceSequence: null,
    sourceOccurredAt: null,
  };
}
