import type { ThresholdPolicy } from './threshold-policy';

export type ThresholdSource = 'message' | 'item' | 'rule' | 'default';

/** The threshold that judged a change, and where it came from. */
export interface AppliedThreshold {
  lowStockThreshold: number;
  source: ThresholdSource;
  /** Set only when a rule decided. */
  ruleId: string | null;
}

export interface ThresholdCandidates {
  /** Judges the change it came with and is not stored. */
  message: number | undefined;
  item: number | null;
}

export function resolveThreshold(
  candidates: ThresholdCandidates,
  policy: ThresholdPolicy,
): AppliedThreshold {
  if (candidates.message !== undefined) {
    return { lowStockThreshold: candidates.message, source: 'message', ruleId: null };
  }
  if (candidates.item !== null) {
    return { lowStockThreshold: candidates.item, source: 'item', ruleId: null };
  }
  if (policy.rule !== null) {
    const { id, lowStockThreshold } = policy.rule;
    return { lowStockThreshold, source: 'rule', ruleId: id };
  }
  return {
    lowStockThreshold: policy.defaultLowStockThreshold,
    source: 'default',
    ruleId: null,
  };
}
