const WINDOW_AFTER_REDELIVERIES = [Number.POSITIVE_INFINITY, 32, 4] as const;

/**
 * How many messages may be out at once beside one that was delivered before. A process that crashes
 * takes a delivery from every message it holds, so a poison message would drag its neighbours to the
 * delivery limit. The window closes faster than the limit comes: after the third redelivery the
 * message stands alone and only itself is counted.
 */
export function isolationWindow(fullWindow: number, deliveryCount: number): number {
  return Math.min(fullWindow, WINDOW_AFTER_REDELIVERIES[deliveryCount] ?? 1);
}
