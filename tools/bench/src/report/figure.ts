/** One line of the report. */
export interface Figure {
  benchmark: string;
  what: string;
  value: number;
  unit: string;
  /** What the value was compared with in the same run. */
  baseline?: { what: string; value: number; unit: string };
  ratio?: number;
  /** Limits on the ratio where there is one, otherwise on the value. */
  must?: Limit;
  aim?: Limit;
  /** Every run behind the value, so that the machine's noise can be seen. */
  runs?: readonly number[];
  baselineRuns?: readonly number[];
}

export interface Limit {
  atLeast?: number;
  atMost?: number;
  below?: number;
}

export type Verdict = 'aim' | 'must' | 'short' | '-';
