import { initialStockState } from '../initial-stock-state';
import type { StockState } from '../stock-state';
import type { StockStatus } from '../thresholds/stock-status';

export const policyOfTen = { rule: null, defaultLowStockThreshold: 10, defaultHysteresis: 0 };

/** A known item whose last event was number 7. */
export function stocked(
  onHand: number,
  status: StockStatus,
  rest: Partial<StockState> = {},
): StockState {
  return { ...initialStockState(), baselined: true, sequence: 7, onHand, status, ...rest };
}
