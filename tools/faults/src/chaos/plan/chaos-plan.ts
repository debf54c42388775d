import type { ChaosFault } from './chaos-fault';

export interface TimedFault {
  readonly fault: ChaosFault;
  /** From the beginning of the load. */
  readonly atMs: number;
  /** Healed after so long; 0 where the fault is an instant. */
  readonly forMs: number;
}

/** A run of chaos as data: the same plan is the same load and the same faults at the same times. */
export interface ChaosPlan {
  /** Of the load. */
  readonly seed: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Sent at most; the load ends with the last of them. */
  readonly operations: number;
  /** In the order of their beginning; all are healed when the seconds are over. */
  readonly faults: readonly TimedFault[];
}

const LONG_SECONDS = 300;

/** From here on, the apps have to end with the memory and the connections that they began with. */
export function isLong({ seconds }: Pick<ChaosPlan, 'seconds'>): boolean {
  return seconds >= LONG_SECONDS;
}
