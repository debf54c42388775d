/** How somebody outside may name an item; every field given has to fit. */
export interface ItemReference {
  readonly inventoryId?: string | undefined;
  readonly sku?: string | undefined;
  readonly productId?: string | undefined;
  readonly variantId?: string | undefined;
  readonly warehouseId?: string | undefined;
}
