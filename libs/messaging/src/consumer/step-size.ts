const STEP_AFTER_REDELIVERIES = [Number.POSITIVE_INFINITY, 32, 4] as const;

/** From here on messages go one by one. */
export const SUSPECT_AFTER_DELIVERIES = STEP_AFTER_REDELIVERIES.length;

/**
 * How many messages are processed together beside one that was delivered before. A redelivery may
 * mean that a message crashed the process, so the steps become small: what went well before it is
 * acknowledged, and after the third redelivery whatever crashes the process is the one message at
 * the head of the queue.
 */
export function stepSize(batchSize: number, deliveryCount: number): number {
  return Math.min(batchSize, STEP_AFTER_REDELIVERIES[deliveryCount] ?? 1);
}
