import { setTimeout as delay } from 'node:timers/promises';
import { isSold } from './order-book.mjs';

const TICK_MS = 20;
/** Beyond the expiry: the clock that decides is the database's. */
const LATE_MARGIN_MS = 250;

/**
 * Plays the orders of the plan over `seconds`, each as its own customer: it is placed, and after a
 * moment paid for, declined, cancelled or forgotten. Ends when every customer has done so.
 */
export async function placeOrders({ shop, plan, day, seconds, say, signal }) {
  const { book, ways } = shop;
  const under = new Set();
  const start = (work, what) => {
    const run = work
      .catch((error) => {
        if (!signal.aborted) book.faults.push(`${what}: ${error.message}`);
      })
      .finally(() => under.delete(run));
    under.add(run);
  };
  const untilShelved = shop.untilKnown(day.products.at(-1));
  start(untilShelved, 'the opening stock');
  const due = [...plan.orders];
  const restocks = [...plan.restocks];
  let rushing = false;
  const startedAt = performance.now();
  while (due.length > 0) {
    signal.throwIfAborted();
    const at = (performance.now() - startedAt) / (seconds * 1000);
    while (restocks[0]?.at <= at) {
      const restock = restocks.shift();
      start(ways[restock.way].restock(restock), `a restock (${restock.way})`);
    }
    while (due[0]?.at <= at) {
      const order = due.shift();
      if (order.isRush && !rushing) say(rushText(plan.rush));
      rushing ||= order.isRush;
      start(play({ order, shop, untilShelved, signal }), `an order (${order.way})`);
    }
    await delay(TICK_MS);
  }
  while (under.size > 0) await Promise.all(under);
  await ways.queue.flush();
}

const rushText = ({ buyers, units, product }) =>
  `  a rush: ${buyers} buyers at once for the last ${units} units of ${product.name}`;

async function play({ order, shop, untilShelved, signal }) {
  const { book, ways } = shop;
  // What is to be picked up has to be there first.
  if (order.lines.some(({ product }) => product.changes)) await untilShelved;
  const entry = book.of(order);
  entry.placedAt = performance.now();
  entry.answer = await ways[order.way].reserve(order);
  entry.answerMs = performance.now() - entry.placedAt;
  if (entry.answer !== 'reserved') return;
  await delay(order.thinkMs, undefined, { signal });
  await ENDINGS[order.ending]({ order, shop, entry, signal });
}

const ENDINGS = {
  paid: ({ order, shop }) => shop.ways[order.way].pay(order),
  early: () => undefined,
  declined: ({ order, shop }) => shop.ways.queue.decline(order),
  cancelled: ({ order, shop }) => shop.ways[order.way].cancel(order),
  pickedUp: ({ order, shop }) => shop.ways[order.way].cancel(order),
  abandoned: () => undefined,
  async late({ order, shop, signal }) {
    await delay(order.ttlSeconds * 1000 + LATE_MARGIN_MS, undefined, { signal });
    await shop.ways.rest.payLate(order);
  },
  /** Paid, sent, and sent back. */
  async returned({ order, shop, entry, signal }) {
    shop.ways.queue.pay(order);
    await entry.until(isSold, signal);
    shop.book.awaitReturn(order, shop.ways.queue.cancel(order));
  },
};
