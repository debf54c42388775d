import type { StockStatus } from './stock-status';

export interface StatusJudgement {
  /** The quantity judged: on hand less reserved. */
  available: number;
  lowStockThreshold: number;
  hysteresis: number;
  /** Null when the item was never judged before. */
  current: StockStatus | null;
}

export function judgeStatus(judgement: StatusJudgement): StockStatus {
  const { available, lowStockThreshold, hysteresis, current } = judgement;
  // Set by hand, so only a hand takes it back.
  if (current === 'DISCONTINUED') return 'DISCONTINUED';
  if (available <= 0) return 'OUT_OF_STOCK';
  // Only an item that is low already has to climb over the band; the way down is not delayed.
  const leavesLowAbove =
    current === 'LOW_STOCK' ? lowStockThreshold + hysteresis : lowStockThreshold;
  return available <= leavesLowAbove ? 'LOW_STOCK' : 'IN_STOCK';
}
