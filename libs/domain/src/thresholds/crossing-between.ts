import type { StockStatus } from './stock-status';

export type CrossingType = 'LOW_STOCK' | 'OUT_OF_STOCK' | 'BACK_IN_STOCK';

/**
 * The one crossing that a change of status means. Null for LOW_STOCK → IN_STOCK, which only
 * the status event tells, and for changes by hand from or to DISCONTINUED.
 */
export function crossingBetween(from: StockStatus, to: StockStatus): CrossingType | null {
  if (from === to || from === 'DISCONTINUED' || to === 'DISCONTINUED') return null;
  if (to === 'OUT_OF_STOCK') return 'OUT_OF_STOCK';
  if (from === 'OUT_OF_STOCK') return 'BACK_IN_STOCK';
  return to === 'LOW_STOCK' ? 'LOW_STOCK' : null;
}
