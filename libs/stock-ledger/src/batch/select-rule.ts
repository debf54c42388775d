import type { LockedItem, StoredThresholdRule } from '@inventory-events/data-access';

/** The most specific rule of an item: product and warehouse, product, warehouse, any. */
export function selectRule(
  rules: readonly StoredThresholdRule[],
  item: Pick<LockedItem, 'productId' | 'warehouseId'>,
): StoredThresholdRule | null {
  let selected: StoredThresholdRule | null = null;
  let highest = -1;
  for (const rule of rules) {
    if (rule.productId !== null && rule.productId !== item.productId) continue;
    if (rule.warehouseId !== null && rule.warehouseId !== item.warehouseId) continue;
    const specificity = (rule.productId === null ? 0 : 2) + (rule.warehouseId === null ? 0 : 1);
    if (specificity > highest) {
      selected = rule;
      highest = specificity;
    }
  }
  return selected;
}
