import type { ItemReference } from './item-reference';

/** An item by what identifies it. */
export interface IdentifiedItem {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
  readonly sku: string | null;
}

export interface Selection<Item> {
  readonly item: Item;
  /** It will be this one for ever: items are never removed, and their ids and keys never change. */
  readonly isExact: boolean;
}

/**
 * The item that a reference names among those that its id, SKU or product leads to. A product is its
 * item without variant and warehouse where there is one, or else the only one that fits.
 */
export function selectItem<Item extends IdentifiedItem>(
  reference: ItemReference,
  candidates: readonly Item[],
): Selection<Item> | 'several' | undefined {
  const { inventoryId, sku, productId, variantId = null, warehouseId = null } = reference;
  const fitting = candidates.filter((candidate) => fits(candidate, reference));
  const exact = fitting.find(
    (item) => item.variantId === variantId && item.warehouseId === warehouseId,
  );
  if (productId !== undefined && exact !== undefined) {
    return { item: exact, isExact: sku === undefined };
  }
  const [first, ...others] = fitting;
  if (first === undefined) return undefined;
  return others.length > 0
    ? 'several'
    : { item: first, isExact: inventoryId !== undefined && sku === undefined };
}

function fits(candidate: IdentifiedItem, reference: ItemReference): boolean {
  const { inventoryId = candidate.id, sku = candidate.sku } = reference;
  const { productId = candidate.productId } = reference;
  const { variantId = candidate.variantId, warehouseId = candidate.warehouseId } = reference;
  return (
    candidate.id === inventoryId &&
    candidate.sku === sku &&
    candidate.productId === productId &&
    candidate.variantId === variantId &&
    candidate.warehouseId === warehouseId
  );
}
