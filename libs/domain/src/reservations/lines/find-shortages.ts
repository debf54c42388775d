import type { ReservationDraft } from '../create-reservation-draft';
import type { Shortage } from '../reservation-decision';
import type { ReservationSlice } from '../reservation-slice';

/** The items of which less is to be had than wanted, where what the order holds is to be had. */
export function findShortages(
  slice: ReservationSlice,
  draft: ReservationDraft,
  { wanted, held }: { wanted: ReadonlyMap<string, number>; held: ReadonlyMap<string, number> },
): Shortage[] {
  const shortages: Shortage[] = [];
  for (const [itemId, requested] of wanted) {
    const state = slice.items.get(itemId);
    if (state === undefined) {
      shortages.push({ itemId, requested, available: 0, reason: 'PRODUCT_NOT_FOUND' });
      continue;
    }
    const own = held.get(itemId) ?? 0;
    const discontinued = state.status === 'DISCONTINUED';
    const available = discontinued ? own : own + draft.availableOf(itemId);
    if (requested <= available) continue;
    const reason = discontinued ? 'PRODUCT_DISCONTINUED' : 'INSUFFICIENT_STOCK';
    shortages.push({ itemId, requested, available, reason });
  }
  return shortages;
}
