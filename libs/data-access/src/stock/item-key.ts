import { arrayLiteral } from '../parameters/array-literal';

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

/** For `unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS wanted (product_id, variant_id, warehouse_id)`. */
export function itemKeyArrays(keys: readonly ItemKey[]): string[] {
  return [
    arrayLiteral(keys.map((key) => key.productId)),
    arrayLiteral(keys.map((key) => key.variantId ?? NIL_UUID)),
    arrayLiteral(keys.map((key) => key.warehouseId ?? NIL_UUID)),
  ];
}
