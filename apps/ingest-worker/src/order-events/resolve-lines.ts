import type { OrderLine } from '@inventory-events/contracts';
import {
  type createPool,
  findItemCandidates,
  type ItemKey,
  NIL_UUID,
} from '@inventory-events/data-access';
import { type IdentifiedItem, type ItemReference, selectItem } from '@inventory-events/domain';
import type { LedgerReservationLine } from '@inventory-events/stock-ledger';
import type { OrderEvent } from './order-event';

export type LineItem = LedgerReservationLine['item'];

/** The item of every order line that its key doesn't name. */
export type LineItems = ReadonlyMap<OrderLine, LineItem>;

/** Looks up what the orders name by something else than the whole key of an item. */
export async function resolveLines(
  pool: ReturnType<typeof createPool>,
  events: readonly OrderEvent[],
): Promise<LineItems> {
  const lines = events.flatMap(({ event }) =>
    event.type === 'order.created' ? event.message.items.filter(needsLookup) : [],
  );
  if (lines.length === 0) return new Map();
  const candidates = await findItemCandidates(pool, lines.map(toReference));
  return new Map(lines.map((line, index) => [line, toLineItem(line, candidates[index] ?? [])]));
}

export function needsLookup({ productId, variantId, warehouseId }: OrderLine): boolean {
  return productId === undefined || variantId === null || warehouseId === null;
}

/**
 * The item that a line means, by the rule of all who name items. What nobody knows, and what can't
 * be told from others, still gets a key, as near to what was named as there is: the order fails by
 * it, and its failure tells what was wanted.
 */
export function toLineItem(line: OrderLine, candidates: readonly IdentifiedItem[]): LineItem {
  const selected = selectItem(toReference(line), candidates);
  if (typeof selected === 'object') return keyOf(selected.item);
  const { productId, inventoryId, variantId, warehouseId, sku } = line;
  if (productId !== undefined || inventoryId !== undefined) {
    return { productId: productId ?? inventoryId ?? NIL_UUID, variantId, warehouseId };
  }
  return { productId: NIL_UUID, variantId, warehouseId, sku };
}

/** Beside an id, a SKU is a remark: it need not have come to be known here. */
function toReference(line: OrderLine): ItemReference {
  const { productId, inventoryId, sku } = line;
  return {
    productId,
    inventoryId,
    sku: productId === undefined && inventoryId === undefined ? sku : undefined,
    variantId: line.variantId ?? undefined,
    warehouseId: line.warehouseId ?? undefined,
  };
}

function keyOf({ productId, variantId, warehouseId }: ItemKey): ItemKey {
  return { productId, variantId, warehouseId };
}
