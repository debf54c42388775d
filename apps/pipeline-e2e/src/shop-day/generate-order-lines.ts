import type { OrderLine } from './order-line';
import { seededInt } from './seeded';

const PRODUCTS = 1_350;
const LINES = 3_100;
const OPENS_AT = Date.parse('2024-12-02T08:26:00Z');

/** A day shaped like a real one: a few products sell often, one line in a hundred comes back. */
export function generateOrderLines(): OrderLine[] {
  return Array.from({ length: LINES }, (_, line) => {
    // The product of two even draws leans towards 0: the first products are the popular ones.
    const rank = (seededInt(PRODUCTS, 'a', line) * seededInt(PRODUCTS, 'b', line)) / PRODUCTS;
    const cancellation = seededInt(100, 'cancelled', line) === 0;
    const pieces = 1 + seededInt(seededInt(40, 'bulk', line) === 0 ? 300 : 24, 'pieces', line);
    return {
      stockCode: `G${Math.floor(rank)}`,
      quantity: cancellation ? -pieces : pieces,
      cancellation,
      orderedAt: new Date(OPENS_AT + Math.floor(line / 22) * 60_000).toISOString(),
    };
  });
}
