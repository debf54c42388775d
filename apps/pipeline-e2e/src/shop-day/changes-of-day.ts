import type { OrderLine } from './order-line';
import { seededInt, seededUuid } from './seeded';
import { type ShopItem, shopItem } from './shop-item';
import type { Cause, StockChange } from './stock-change';

interface Shelf {
  item: ShopItem;
  onHand: number;
  changes: number;
}

/**
 * The stock changes that a day of orders causes: every item is counted before opening, order
 * lines take stock away, cancellations bring it back, and what sells out is restocked.
 */
export function changesOfDay(lines: readonly OrderLine[]): StockChange[] {
  const opensAt = lines[0]?.orderedAt ?? '2024-01-01T00:00:00Z';
  const shelves = new Map<string, Shelf>();
  const changes: StockChange[] = [];
  const change = (shelf: Shelf, cause: Cause, quantity: number, occurredAt: string) => {
    changes.push(stockChange(shelf, cause, quantity, occurredAt));
    shelf.onHand = quantity;
    shelf.changes += 1;
  };
  for (const { stockCode } of lines) {
    if (shelves.has(stockCode)) continue;
    const item = shopItem(stockCode);
    const shelf = { item, onHand: 0, changes: 0 };
    shelves.set(stockCode, shelf);
    change(shelf, 'opening', item.opening, opensAt);
  }
  for (const line of lines) {
    const shelf = shelves.get(line.stockCode);
    if (!shelf) continue;
    for (const { cause, by } of effectsOf(line, shelf)) {
      change(shelf, cause, shelf.onHand + by, line.orderedAt);
    }
  }
  return changes;
}

/** A line that asks for more than there is sells the rest, and goes on after a delivery. */
function effectsOf(line: OrderLine, shelf: Shelf): { cause: Cause; by: number }[] {
  if (line.cancellation) return [{ cause: 'return', by: -line.quantity }];
  const cause: Cause = line.quantity < 0 ? 'write-off' : 'sale';
  const pieces = Math.abs(line.quantity);
  const missing = pieces - shelf.onHand;
  if (missing <= 0) return [{ cause, by: -pieces }];
  const delivered = missing + seededInt(80, 'delivery', shelf.item.stockCode, shelf.changes);
  return [
    ...(shelf.onHand === 0 ? [] : [{ cause, by: -shelf.onHand }]),
    { cause: 'restock', by: delivered },
    { cause, by: -missing },
  ];
}

function stockChange(
  shelf: Shelf,
  cause: Cause,
  quantity: number,
  occurredAt: string,
): StockChange {
  const { item, changes: nth } = shelf;
  return {
    cause,
    stockCode: item.stockCode,
    format: item.format,
    before: shelf.onHand,
    update: {
      eventId: seededUuid('update', item.stockCode, nth),
      productId: item.productId,
      quantity,
      ...(tellsPrevious(item, nth) && { previous: shelf.onHand }),
      ...(item.messageThreshold !== undefined && { threshold: item.messageThreshold }),
      ...(item.format === 'native' && { sequence: 10 * (nth + 1) }),
      occurredAt,
    },
  };
}

/** Documents 002 and 004 always tell the quantity before; the native body may. */
function tellsPrevious(item: ShopItem, nth: number): boolean {
  return item.format !== 'native' || seededInt(2, 'previous', item.stockCode, nth) === 0;
}
