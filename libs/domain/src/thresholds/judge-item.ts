import type { StockState } from '../stock-state';
import { judgeStatus } from './judge-status';
import { resolveHysteresis } from './resolve-hysteresis';
import { type AppliedThreshold, resolveThreshold } from './resolve-threshold';
import type { StockStatus } from './stock-status';
import type { ThresholdPolicy } from './threshold-policy';

export interface ItemJudgement {
  status: StockStatus;
  threshold: AppliedThreshold;
}

type JudgedItem = Pick<StockState, 'onHand' | 'reserved' | 'lowStockThreshold'> & {
  /** Null when the item is to be judged as if for the first time. */
  status: StockStatus | null;
};

/** The status of an item by its own threshold or the policy's, and which of them decided. */
export function judgeItem(item: JudgedItem, policy: ThresholdPolicy): ItemJudgement {
  const threshold = resolveThreshold({ message: undefined, item: item.lowStockThreshold }, policy);
  const status = judgeStatus({
    available: item.onHand - item.reserved,
    lowStockThreshold: threshold.lowStockThreshold,
    hysteresis: resolveHysteresis(policy),
    current: item.status,
  });
  return { status, threshold };
}
