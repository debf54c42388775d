import { limits } from '@inventory-events/contracts';
import { textField, uuidField } from '@inventory-events/service-runtime/api';
import type { ItemReference } from './item-reference';

/** How a request names an item. */
export const itemReferenceFields = {
  inventoryId: uuidField.optional(),
  sku: textField(limits.maxSkuLength).optional(),
  productId: uuidField.optional(),
  variantId: uuidField.optional(),
  warehouseId: uuidField.optional(),
};

export const NAMES_NOTHING = 'must name an inventoryId, a sku or a productId';

/** A variant or a warehouse alone names nothing. */
export function namesAnItem({ inventoryId, sku, productId }: ItemReference): boolean {
  return (inventoryId ?? sku ?? productId) !== undefined;
}
