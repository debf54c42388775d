import { isQuantity } from '../quantities/is-quantity';
import type { Reservation } from './reservation';

/** Why a part of holds can't be taken; null where it can, or where no part is asked for. */
export function partRefusal(
  holds: readonly Reservation[],
  quantity: number | undefined,
): 'invalid' | 'exceeds_reserved' | null {
  if (quantity === undefined) return null;
  // A part of several holds doesn't say of which.
  if (holds.length > 1 || !isQuantity(quantity, 1)) return 'invalid';
  return holds.some((hold) => quantity > hold.quantity) ? 'exceeds_reserved' : null;
}
