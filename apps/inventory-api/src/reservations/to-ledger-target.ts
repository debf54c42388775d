import type { ReservationTarget as LedgerTarget } from '@inventory-events/domain';
import { AppError } from '@inventory-events/errors';
import type { LedgerAnswer } from '@inventory-events/stock-ledger';
import type { ItemReference } from '../items/item-reference';
import type { ItemResolver } from '../items/item-resolver';
import type { ReservationTarget } from './reservations';

/** What a request means as the ledger names it, or why the ledger need not be asked. */
export async function toLedgerTarget(
  resolver: ItemResolver,
  target: ReservationTarget,
): Promise<LedgerTarget | { readonly refusal: LedgerAnswer }> {
  const { reservationId, orderId, ...reference } = target;
  if (reservationId !== undefined) return { reservationIds: [reservationId] };
  if (orderId === undefined) {
    throw new AppError('INVALID_REQUEST', 'A reservation or an order has to be named.');
  }
  if (!namesAnItem(reference)) return { orderId };
  const [match] = await resolver.matchAll([reference]);
  if (match === 'several') return { refusal: { outcome: 'ambiguous' } };
  if (match === undefined) return { refusal: { outcome: 'not_found' } };
  return { orderId, itemId: match.inventoryId };
}

function namesAnItem({ inventoryId, sku, productId }: ItemReference): boolean {
  return (inventoryId ?? sku ?? productId) !== undefined;
}
