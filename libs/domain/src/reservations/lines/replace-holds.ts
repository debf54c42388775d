import type { ReservationDraft } from '../create-reservation-draft';
import { endHold } from '../holds/end-hold';
import { holdStock } from '../holds/hold-stock';
import type { Reservation } from '../reservation';

export interface HoldTerms {
  orderId: string;
  userId: string | null;
  expiresAtMs: number;
}

/**
 * Gives an order the holds that it wants. One of as many units as are wanted stays, until the new
 * time; the others make room for new ones. Returns what the order holds then.
 */
export function replaceHolds(
  draft: ReservationDraft,
  live: readonly Reservation[],
  wanted: ReadonlyMap<string, number>,
  terms: HoldTerms,
  nextId: () => string,
): readonly Reservation[] {
  const missing = new Map(wanted);
  const kept: Reservation[] = [];
  for (const hold of live) {
    if (missing.get(hold.itemId) === hold.quantity) {
      missing.delete(hold.itemId);
      draft.update({ ...hold, expiresAtMs: terms.expiresAtMs });
      kept.push(hold);
    } else {
      endHold(draft, hold, 'CANCELLED');
    }
  }
  const added = [...missing].map(([itemId, quantity]): Reservation => {
    return { id: nextId(), ...terms, itemId, quantity, status: 'PENDING', isReturned: false };
  });
  for (const hold of added) holdStock(draft, hold);
  return [...kept, ...added];
}
