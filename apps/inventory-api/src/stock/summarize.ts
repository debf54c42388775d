import type { Inventory, InventorySummary } from './inventory';

const MAX_LISTED = 1_000;

export function summarize(items: readonly Inventory[]): InventorySummary {
  const sum = (quantityOf: (item: Inventory) => number) =>
    items.reduce((total, item) => total + quantityOf(item), 0);
  return {
    quantityAvailable: sum((item) => item.quantityAvailable),
    quantityReserved: sum((item) => item.quantityReserved),
    quantityTotal: sum((item) => item.quantityTotal),
    itemCount: items.length,
    items: items.slice(0, MAX_LISTED),
  };
}
