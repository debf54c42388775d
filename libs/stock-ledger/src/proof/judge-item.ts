import type { StockBalance, StoredDrift } from '@inventory-events/data-access';
import { randomUUID } from 'node:crypto';

/** What an item's numbers differ by from what they are made of. */
export function differencesOf(balance: StockBalance) {
  return {
    onHandDifference: balance.onHand - balance.movementTotal,
    reservedDifference: balance.reserved - balance.pendingTotal,
  };
}

/**
 * The drift of an item, or null where it adds up. As long as it differs by the same, it is the drift
 * that was there before, however its numbers move on.
 */
export function judgeItem(
  balance: StockBalance,
  before: StoredDrift | null,
  nowMs: number,
): StoredDrift | null {
  const { onHandDifference, reservedDifference } = differencesOf(balance);
  if (onHandDifference === 0 && reservedDifference === 0) return null;
  const isSame =
    before?.onHandDifference === onHandDifference &&
    before.reservedDifference === reservedDifference;
  if (isSame) return before;
  return {
    id: randomUUID(),
    onHandDifference,
    reservedDifference,
    foundAtMs: nowMs,
    isReported: false,
  };
}
