export const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** What identifies an item; a missing variant or warehouse is stored as the nil UUID. */
export interface ItemKey {
  productId: string;
  variantId: string | null;
  warehouseId: string | null;
}

export function itemKeyText(key: ItemKey): string {
  return `${key.productId}/${key.variantId ?? NIL_UUID}/${key.warehouseId ?? NIL_UUID}`;
}
