import type { AvailabilitySum } from '@inventory-events/data-access';
import type { ReservationFailureReason } from '@inventory-events/domain';
import type { ItemIdentity } from '../items/item-resolver';
import type { AvailabilityLine, LineAvailability } from './availability';

interface LineFacts {
  readonly match: ItemIdentity | 'several' | undefined;
  /** What there is of all that the line names; undefined where that is nothing. */
  readonly found: AvailabilitySum | undefined;
  /** By this line and all others of the same. */
  readonly wanted: number;
}

export function toLineAvailability(
  line: AvailabilityLine,
  { match, found, wanted }: LineFacts,
): LineAvailability {
  // The item's names, where it is one; else what the line said.
  const names = match === undefined || match === 'several' ? line : match;
  const reason = reasonOf(found, wanted);
  return {
    inventoryId: names.inventoryId ?? null,
    productId: names.productId ?? null,
    variantId: names.variantId ?? null,
    warehouseId: names.warehouseId ?? null,
    sku: line.sku ?? null,
    itemCount: found?.itemCount ?? 0,
    requested: line.quantity,
    quantityAvailable: found?.availableQuantity ?? 0,
    available: reason === null,
    reason,
  };
}

function reasonOf(
  found: AvailabilitySum | undefined,
  wanted: number,
): ReservationFailureReason | null {
  if (found === undefined) return 'PRODUCT_NOT_FOUND';
  if (wanted <= found.availableQuantity) return null;
  return found.isDiscontinued ? 'PRODUCT_DISCONTINUED' : 'INSUFFICIENT_STOCK';
}
