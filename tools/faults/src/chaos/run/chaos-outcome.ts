import type { Finding } from '../../checker/finding';
import type { History } from '../../record/history';
import type { Footprint } from '../footprint/footprint';

/** What came of a plan. */
export interface ChaosOutcome {
  readonly findings: readonly Finding[];
  /** What they were found in. */
  readonly history: History;
  /** Of the load and of the stock before it, as far as it was sent. */
  readonly operations: number;
  /** Of which nobody knows whether they arrived. */
  readonly unknown: number;
  readonly events: number;
  /** Publications beyond the first of an event. */
  readonly repetitions: number;
  readonly deaths: number;
  /** From the last fault and the last operation until everything was done; undefined: never. */
  readonly restMs: number | undefined;
  /** After the start, and at the end. */
  readonly footprints: readonly [Footprint, Footprint];
  /** What the apps have too much of at the end; looked for in long runs only. */
  readonly leaks: readonly string[];
  /** What is wrong with the answers of the API. */
  readonly oddities: readonly string[];
  /** What the apps wrote. */
  readonly logs: string;
}
