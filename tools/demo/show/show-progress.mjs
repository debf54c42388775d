import { percentile } from './percentile.mjs';

const CROSSINGS_PER_SECOND = 4;
const VERBS = {
  LOW_STOCK: 'is running low',
  OUT_OF_STOCK: 'is sold out',
  BACK_IN_STOCK: 'is back in stock',
};

/**
 * Prints crossings as they arrive (not more than can be read) and a line that counts everything.
 */
export function showProgress({ screen, day, events }) {
  const { book } = events;
  let sent = 0;
  let shown = 0;

  book.onCrossing = (event, name) => {
    shown += 1;
    if (shown > CROSSINGS_PER_SECOND) return;
    const { previousQuantity, newQuantity } = event.data;
    const change = `${String(previousQuantity).padStart(3)} → ${String(newQuantity).padStart(3)}`;
    screen.line(`  ${event.eventType.padEnd(13)} ${change}   ${name} ${VERBS[event.eventType]}`);
  };
  const report = () => {
    shown = 0;
    screen.status(statusLine({ day, book, sent }));
  };
  const timer = setInterval(report, 1000);
  return {
    sent: (count) => void (sent = count),
    end() {
      clearInterval(timer);
      book.onCrossing = () => undefined;
      report();
      screen.endStatus();
    },
  };
}

function statusLine({ day, book, sent }) {
  const minute = day.messages[Math.max(0, sent - 1)]?.minute ?? 0;
  const hours = String(Math.floor(minute / 60)).padStart(2, '0');
  const minutes = String(Math.floor(minute % 60)).padStart(2, '0');
  const recent = book.latenciesMs.slice(-500);
  const latency = recent.length > 0 ? `, half of them within ${percentile(recent, 50)} ms` : '';
  const counts = `${sent} messages in, ${book.ids.size} events out`;
  return `${hours}:${minutes} in the shop: ${counts}${latency}`;
}
