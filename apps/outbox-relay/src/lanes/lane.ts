import type { PendingEvent } from '@inventory-events/data-access';

/**
 * - idle: nothing to publish at the moment.
 * - ready: its first event may be published.
 * - in-flight: `current` was handed out; nothing else of the item is published until it settles.
 * - held: `current` failed, or failed before it was read, and waits for its next attempt.
 * - refilling: events are known by position only and have to be read again.
 */
export type LaneState = 'idle' | 'ready' | 'in-flight' | 'held' | 'refilling';

/** The events of one item, in the order of their sequence. */
export interface Lane {
  readonly itemId: string;
  readonly partition: number;
  state: LaneState;
  current: PendingEvent | undefined;
  /** Failed attempts of `current`. */
  attempts: number;
  /** Its time to wait is over: don't hold `current` again for what the row says. */
  mayRetry: boolean;
  readonly queue: PendingEvent[];
  /** Positions behind the queue, when more came than is kept in memory for one item. */
  later: number[];
  /** The positions that a refill is under way for. */
  refill: readonly number[] | undefined;
  /** The last position ever added: what comes again at or below it is known. */
  lastPosition: number;
  confirmedPosition: number;
  /** Published events whose rows may still be seen by a read. */
  undeleted: number;
}

/** A refill to be made: the events at these positions belong next into the lane. */
export interface LaneRefill {
  readonly lane: Lane;
  readonly positions: readonly number[];
}

export function createLane(itemId: string, partition: number): Lane {
  return {
    itemId,
    partition,
    state: 'idle',
    current: undefined,
    attempts: 0,
    mayRetry: false,
    queue: [],
    later: [],
    refill: undefined,
    lastPosition: 0,
    confirmedPosition: 0,
    undeleted: 0,
  };
}
