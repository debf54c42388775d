import type { OrderEvent } from './order-event';
import { needsLookup } from './resolve-lines';

/**
 * The events in parts that go one after the other: what an order names by less than the whole key of
 * an item is looked up before its part, so a product that was announced in front of it has to be
 * there by then.
 */
export function splitAtLookups(events: readonly OrderEvent[]): OrderEvent[][] {
  const parts: OrderEvent[][] = [];
  let part: OrderEvent[] = [];
  let opensProducts = false;
  for (const event of events) {
    if (opensProducts && hasLookups(event)) {
      parts.push(part);
      part = [];
      opensProducts = false;
    }
    part.push(event);
    if (event.event.type === 'product.created') opensProducts = true;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

function hasLookups({ event }: OrderEvent): boolean {
  return event.type === 'order.created' && event.message.items.some(needsLookup);
}
