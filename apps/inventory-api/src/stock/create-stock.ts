import { createStockChanges } from './create-stock-changes';
import { createStockOpening, type StockOpeningDeps } from './create-stock-opening';
import { createStockReads } from './create-stock-reads';
import type { Stock } from './stock';

export function createStock(deps: StockOpeningDeps): Stock {
  return { ...createStockReads(deps), ...createStockOpening(deps), ...createStockChanges(deps) };
}
