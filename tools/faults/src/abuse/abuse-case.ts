import type { AbuseRecord } from './abuse-record';
import type { AbuseWorld } from './world/open-abuse-world';

export interface AbuseContext {
  readonly world: AbuseWorld;
  /** Ids of what there is. */
  readonly knownIds: readonly string[];
  readonly seed: number;
  /** For what is given time rather than a number. */
  readonly seconds: number;
}

/** One kind of ill will. */
export interface AbuseCase {
  readonly name: string;
  /** What is done. */
  readonly story: string;
  /** What has to be seen beside what holds of every answer. */
  readonly expected: string;
  run(context: AbuseContext, record: AbuseRecord): Promise<void>;
}
