import type { ItemKey } from '@inventory-events/data-access';
import type {
  LedgerAnswer,
  LedgerReservationLine,
  LedgerShortage,
} from '@inventory-events/stock-ledger';
import type { ItemIdentity, ItemResolver } from '../items/item-resolver';
import type { ReservationRequestLine } from './reservations';

/** The lines by the keys of their items, or why the ledger need not be asked. */
export type ResolvedLines =
  { readonly lines: readonly LedgerReservationLine[] } | { readonly refusal: LedgerAnswer };

/**
 * A product without a stock entry is left to the ledger, which tells of the failure; of an id or a
 * SKU that nothing has there is no product to tell of.
 */
export async function resolveLines(
  resolver: ItemResolver,
  requested: readonly ReservationRequestLine[],
): Promise<ResolvedLines> {
  const matches = await resolver.matchAll(requested);
  if (matches.includes('several')) return { refusal: { outcome: 'ambiguous' } };
  const shortages: LedgerShortage[] = [];
  const lines: LedgerReservationLine[] = [];
  for (const [index, line] of requested.entries()) {
    const item = toKey(line, matches[index] as ItemIdentity | undefined);
    if (item === undefined) shortages.push(toUnknown(line));
    else lines.push({ item, quantity: line.quantity });
  }
  return shortages.length > 0 ? { refusal: { outcome: 'not_found', shortages } } : { lines };
}

function toKey(line: ReservationRequestLine, match: ItemIdentity | undefined): ItemKey | undefined {
  const { productId, variantId = null, warehouseId = null } = match ?? line;
  const isNamedOtherwise = line.inventoryId !== undefined || line.sku !== undefined;
  if (productId === undefined || (match === undefined && isNamedOtherwise)) return undefined;
  return { productId, variantId, warehouseId };
}

function toUnknown({ inventoryId, sku, quantity }: ReservationRequestLine): LedgerShortage {
  return {
    item: null,
    itemId: inventoryId ?? null,
    ...(sku === undefined ? {} : { sku }),
    requested: quantity,
    available: 0,
    reason: 'PRODUCT_NOT_FOUND',
  };
}
