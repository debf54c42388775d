import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Items of which more is promised than there is, or of which less than nothing was there. */
export function findOversold({ history: { snapshot } }: Evidence): Finding[] {
  const promised = new Map<string, number>();
  for (const { itemId, status, quantity } of snapshot.reservations) {
    if (status === 'PENDING') promised.set(itemId, (promised.get(itemId) ?? 0) + quantity);
  }
  const lowest = new Map<string, number>();
  for (const { itemId, quantityAfter } of snapshot.movements) {
    lowest.set(itemId, Math.min(lowest.get(itemId) ?? 0, quantityAfter));
  }
  return snapshot.items.flatMap(({ id, onHand, reserved }): Finding[] => {
    const holds = Math.max(reserved, promised.get(id) ?? 0);
    const least = lowest.get(id) ?? 0;
    if (holds <= onHand && onHand >= 0 && least >= 0) return [];
    const detail = `${holds} promised of ${onHand} on hand, ${least} at the lowest`;
    return [{ verdict: 'oversold', subject: `item ${id}`, detail }];
  });
}
