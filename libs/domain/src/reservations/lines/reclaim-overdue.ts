import type { ReservationDraft } from '../create-reservation-draft';
import { expireOverdue } from '../holds/expire-overdue';
import type { ReservationSlice } from '../reservation-slice';

/**
 * Expires the overdue holds of items that an order is short of: nobody can use those units any
 * more, so no buyer has to wait for the sweep. The order's own were expired before.
 */
export function reclaimOverdue(
  slice: ReservationSlice,
  draft: ReservationDraft,
  orderId: string,
  { wanted, held }: { wanted: ReadonlyMap<string, number>; held: ReadonlyMap<string, number> },
): void {
  const short = new Set<string>();
  for (const [itemId, quantity] of wanted) {
    if (quantity > draft.availableOf(itemId) + (held.get(itemId) ?? 0)) short.add(itemId);
  }
  if (short.size === 0) return;
  const others = slice.reservations.filter(
    (hold) => short.has(hold.itemId) && hold.orderId !== orderId,
  );
  expireOverdue(draft, others, slice.nowMs);
}
