import type { OperationRecord } from '../workload/operation-record';
import type { Snapshot } from './snapshot';

/** A message of the observer's queue, which gets every published event. */
export interface Delivery {
  /** The AMQP messageId. */
  readonly eventId: string;
  readonly itemId: string;
  readonly sequence: number;
  readonly body: string;
  /** The broker repeats it: says nothing about who published it. */
  readonly redelivered: boolean;
}

export interface DeadLetter {
  /** The AMQP messageId, which every operation has of its own. */
  readonly messageId: string;
  readonly errorCode: string;
}

/** What was still lying somewhere when the world had come to rest, or was not given more time. */
export interface Leftover {
  /** messageIds in the queues that the workers consume. */
  readonly queued: readonly string[];
  /** Apps that were not ready in the end, with what they say. */
  readonly notReady: readonly string[];
}

export interface Recovery {
  readonly fault: string;
  readonly tookMs: number;
  readonly limitMs: number;
}

/** Everything that was seen from outside during a run, and the state that it left. */
export interface History {
  /** In the order of sending. */
  readonly operations: readonly OperationRecord[];
  /** In the order of arrival. */
  readonly deliveries: readonly Delivery[];
  readonly deadLetters: readonly DeadLetter[];
  readonly snapshot: Snapshot;
  readonly leftover: Leftover;
  readonly recoveries: readonly Recovery[];
}
