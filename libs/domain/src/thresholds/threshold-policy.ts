/** A stored rule: the most specific one that applies to the item, chosen by the caller. */
export interface ThresholdRule {
  id: string;
  lowStockThreshold: number;
  hysteresis: number;
}

/** What decides when neither the message nor the item brings a threshold of its own. */
export interface ThresholdPolicy {
  rule: ThresholdRule | null;
  defaultLowStockThreshold: number;
  defaultHysteresis: number;
}
