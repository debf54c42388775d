import { type OrderState, tellOrders } from '../../oracle/tell-orders';
import { itemTextOf, type OrderOperation } from '../../workload/operation';
import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/**
 * Orders that came to something else than they must have, and events of theirs that lack. Where
 * nobody knows when an event of an order arrived, nobody knows which orders found stock: then this
 * says nothing, and the sums have to do.
 */
export function findWrongOrders(evidence: Evidence): Finding[] {
  const operations = processedOrders(evidence);
  if (operations.length === 0 || hasUncertain(evidence)) return [];
  const { snapshot } = evidence.history;
  const story = tellOrders(operations, stockOf(evidence, operations));
  const findings: Finding[] = [];
  const report = (subject: string, detail: string) =>
    findings.push({ verdict: 'wrong effect', subject, detail });

  for (const [orderId, { state, lines }] of story.orders) {
    const held = snapshot.reservations.filter((hold) => hold.orderId === orderId);
    const expected = state === 'REFUSED' ? [] : lines.map((line) => `${line.quantity} ${state}`);
    const found = held.map((hold) => `${hold.quantity} ${statusOf(hold.status, state)}`);
    if (expected.sort().join() === found.sort().join()) continue;
    report(`order ${orderId}`, `holds [${found.join()}] instead of [${expected.join()}]`);
  }
  for (const [eventId, { type, lines }] of story.told) {
    const found = snapshot.events.filter(
      (event) => event.causeMessageId === eventId && event.type === type,
    );
    if (found.length === lines) continue;
    report(`order event ${eventId}`, `told ${found.length} ${type} instead of ${lines}`);
  }
  for (const [text, quantity] of story.onHand) {
    const item = evidence.itemByText.get(text);
    if (item?.onHand !== quantity) {
      report(`item ${item?.id ?? text}`, `${item?.onHand} on hand instead of ${quantity}`);
    }
  }
  return findings;
}

function hasUncertain({ history, processed }: Evidence): boolean {
  return history.operations.some(
    ({ operation, outcome }) =>
      operation.kind === 'order' && outcome === 'unknown' && processed.has(operation.eventId),
  );
}

/** A hold whose time is over may be swept or not. */
function statusOf(status: string, state: OrderState): string {
  return state === 'EXPIRED' && status === 'PENDING' ? state : status;
}

function processedOrders({ history, processed }: Evidence): OrderOperation[] {
  const byEvent = new Map<string, OrderOperation>();
  for (const { operation, outcome } of history.operations) {
    if (operation.kind !== 'order' || outcome === 'failed') continue;
    if (!processed.has(operation.eventId) || byEvent.has(operation.eventId)) continue;
    byEvent.set(operation.eventId, operation);
  }
  return [...byEvent.values()];
}

/** What the items of the orders held before the first of them: their updates went before. */
function stockOf({ history }: Evidence, orders: readonly OrderOperation[]): Map<string, number> {
  const ordered = new Set(
    orders.flatMap((order) => order.lines.map((line) => itemTextOf(line.item))),
  );
  const stock = new Map<string, number>();
  for (const { operation } of history.operations) {
    if (operation.kind !== 'update') continue;
    const text = itemTextOf(operation.item);
    if (ordered.has(text)) stock.set(text, operation.quantity);
  }
  return stock;
}
