import { percentile } from './percentile.mjs';

const LINES_PER_SECOND = { crossing: 3, order: 2 };
const VERBS = {
  LOW_STOCK: 'is running low',
  OUT_OF_STOCK: 'is sold out',
  BACK_IN_STOCK: 'is back in stock',
};

/**
 * Prints events as they arrive (not more than can be read) and a line that counts everything.
 */
export function showProgress({ screen, day, shop, events }) {
  const { book } = events;
  let sent = 0;
  let shown = {};

  function show(kind, word, quantities, text) {
    shown[kind] = (shown[kind] ?? 0) + 1;
    if (shown[kind] > LINES_PER_SECOND[kind]) return;
    screen.line(`  ${word.padEnd(13)} ${quantities.padEnd(9)}   ${text}`);
  }
  book.onEvent = ({ eventType, data }, name) => {
    if (VERBS[eventType] !== undefined) {
      const { previousQuantity, newQuantity } = data;
      const change = `${String(previousQuantity).padStart(3)} → ${String(newQuantity).padStart(3)}`;
      show('crossing', eventType, change, `${name} ${VERBS[eventType]}`);
    } else if (eventType === 'InventoryReservationFailedEvent') {
      show('order', 'refused', units(data.quantityAttempted), `too little of ${name} for an order`);
    } else if (data.reasonForRelease === 'RESERVATION_EXPIRED') {
      show('order', 'expired', units(data.quantityReleased), `${name} was not paid for in time`);
    }
  };
  let last = '';
  const report = () => {
    shown = {};
    const line = statusLine({ day, shop, book, sent });
    if (line !== last) screen.status(line);
    last = line;
  };
  const timer = setInterval(report, 1000);
  return {
    sent: (count) => void (sent = count),
    end() {
      clearInterval(timer);
      book.onEvent = () => undefined;
      report();
      screen.endStatus();
    },
  };
}

const units = (quantity) => `${quantity} ${quantity === 1 ? 'unit' : 'units'}`;

function statusLine({ day, shop, book, sent }) {
  const minute = day.messages[Math.max(0, sent - 1)]?.minute ?? 0;
  const hours = String(Math.floor(minute / 60)).padStart(2, '0');
  const minutes = String(Math.floor(minute % 60)).padStart(2, '0');
  const recent = book.latenciesMs.slice(-500);
  const latency = recent.length > 0 ? `, half within ${percentile(recent, 50)} ms` : '';
  const orders = shop.book.all().filter(({ placedAt }) => placedAt !== null).length;
  const counts = `${sent} updates and ${orders} orders in, ${book.ids.size} events out`;
  return `${hours}:${minutes} in the shop: ${counts}${latency}`;
}
