/** What the instrumented app does at a point: once, except for `slow`, which is every time. */
export type FaultAction = 'kill' | 'pause' | 'throw' | 'slow';

export interface FaultOrder {
  readonly point: string;
  readonly action: FaultAction;
  /** Counted from the start of the process; 0: at no hit before it is armed. */
  readonly hit: number;
}
