import { MEANINGS } from '../day/broken-messages.mjs';
import { percentile } from './percentile.mjs';

const KINDS = {
  opening: 'opening stock (where a product starts: no event)',
  sale: 'sales',
  restock: 'restocks',
  duplicate: 'the same message again (no second effect)',
  late: 'overtaken by newer news (recorded, changes nothing)',
  broken: 'broken',
};
const EVENTS = {
  StockLevelChangedEvent: 'the quantity of a product changed',
  StockStatusChangedEvent: 'in stock ↔ low ↔ out',
  LowStockThresholdReachedEvent: 'fell to the threshold of 10 or below',
  LOW_STOCK: 'running low',
  OUT_OF_STOCK: 'sold out',
  BACK_IN_STOCK: 'there again',
  InventoryReservedEvent: 'held for an order',
  InventoryReservationFailedEvent: 'too little for an order',
  InventoryCommittedEvent: 'paid for: sold',
  InventoryReleasedEvent: 'not sold: available again',
};
const OUTCOMES = {
  reserved: 'got all that they asked for',
  refused: 'refused for want of stock',
  sold: 'committed: paid and sold',
  released: 'cancelled, declined or picked up in the shop',
  expired: 'expired: not paid in time',
  returned: 'committed, and sent back',
};
const WAYS = { queue: 'by message', rest: 'over REST', grpc: 'over gRPC', product: 'by product' };

/** The summary, for somebody who sees the project for the first time. */
export function summarize({ day, shop, events, result }) {
  const { book } = events;
  const { deadLetters, received, byType } = result.delivery;
  const kinds = count(day.messages.map(({ kind }) => kind));
  const orders = shop.book.all();
  return [
    '',
    `Messages in: ${day.messages.length}`,
    ...table(kinds, KINDS),
    '',
    `Orders: ${orders.length} (${describeWays(orders)})`,
    ...table(result.orders.outcomes, OUTCOMES),
    '',
    `Events out: ${received}${repeated(book)}`,
    ...table(byType, EVENTS),
    '',
    `Dead letters: ${total(deadLetters)} (queue inventory.updates.dlq)`,
    ...table(deadLetters, MEANINGS),
    '',
    'How long it took (half of them p50 or less):',
    `  from sending an update to receiving its event  ${times(book.latenciesMs)}`,
    `  from placing an order by message to its event  ${times(answerTimes(orders, 'queue'))}`,
    `  a reservation over REST                        ${times(answerTimes(orders, 'rest'))}`,
    '',
    ...result.checks.flatMap(checkLines),
    '',
    result.isClean
      ? 'Nothing lost, nothing twice, nothing sold that was not there.'
      : 'NOT as it should be.',
  ].join('\n');
}

function describeWays(orders) {
  const ways = Object.entries(count(orders.map(({ order }) => order.way)));
  return ways.map(([way, placed]) => `${placed} ${WAYS[way]}`).join(', ');
}

function answerTimes(orders, way) {
  const answered = orders.filter((entry) => entry.order.way === way && entry.answer !== null);
  return answered.map(({ answerMs }) => answerMs);
}

function times(milliseconds) {
  const [p50, p95, p99] = [50, 95, 99].map((percent) => percentile(milliseconds, percent));
  return `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`;
}

function table(counts, meanings) {
  const names = Object.keys({ ...meanings, ...counts }).filter((name) => counts[name]);
  const width = Math.max(...names.map((name) => name.length), 0);
  return names.map(
    (name) =>
      `  ${String(counts[name]).padStart(6)}  ${name.padEnd(width)}  ${meanings[name] ?? ''}`,
  );
}

function checkLines({ promise, isKept, details }) {
  return isKept ? [`  ✓ ${promise}`] : [`  ✗ ${promise}`, `      ${details}`];
}

function count(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const total = (counts) => Object.values(counts).reduce((sum, value) => sum + value, 0);

const repeated = ({ repeated: times }) =>
  times > 0 ? ` (and ${times} of them once more, which their ids give away)` : '';
