/** The fields of an event's `data` that say which item it is about. */
export interface ItemFields {
  productId: string;
  variantId: string | null;
  warehouseId: string | null;
}

/** One text per item, to key a map or a table with: product/variant/warehouse. */
export function itemKeyOf({ productId, variantId, warehouseId }: ItemFields): string {
  return `${productId}/${variantId ?? '-'}/${warehouseId ?? '-'}`;
}
