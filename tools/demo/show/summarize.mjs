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
};

/** The summary, for somebody who sees the project for the first time. */
export function summarize({ day, events, result }) {
  const { book } = events;
  const kinds = count(day.messages.map(({ kind }) => kind));
  const ms = (percent) => `${percentile(book.latenciesMs, percent)} ms`;
  return [
    '',
    `Messages in: ${day.messages.length}`,
    ...table(kinds, KINDS),
    '',
    `Events out: ${book.ids.size}${repeated(book)}`,
    ...table(book.byType, EVENTS),
    '',
    `Dead letters: ${total(result.deadLetters)} (queue inventory.updates.dlq)`,
    ...table(result.deadLetters, MEANINGS),
    '',
    'From sending an update to receiving its event:',
    `  p50 ${ms(50)}, p95 ${ms(95)}, p99 ${ms(99)} (half of them took p50 or less)`,
    '',
    ...result.checks.flatMap(checkLines),
    '',
    result.isClean ? 'Nothing lost, nothing twice, everything in order.' : 'NOT as it should be.',
  ].join('\n');
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
