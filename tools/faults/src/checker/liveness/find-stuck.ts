import { effectIdOf, type Evidence } from '../evidence';
import type { Finding } from '../finding';

/** An overdue hold is released at the latest by the next round of the clock. */
const OVERDUE_MS = 60_000;

/** What has come to rest and is not done: queued, pending, held for ever, or not ready. */
export function findStuck(evidence: Evidence): Finding[] {
  const { history, queued, processed } = evidence;
  const { snapshot, leftover, operations } = history;
  const stuck = (subject: string, detail: string): Finding => ({
    verdict: 'stuck',
    subject,
    detail,
  });
  // A message that had its effect and is queued once more is done.
  const waiting = operations.filter(
    ({ operation }) => queued.has(operation.messageId) && !processed.has(effectIdOf(operation)),
  );
  return [
    ...waiting.map(({ operation }) => stuck(`message ${operation.messageId}`, 'is queued')),
    ...snapshot.outbox.map((event) => stuck(`event ${event.eventId}`, 'is in the outbox')),
    ...snapshot.reservations
      .filter((hold) => hold.status === 'PENDING')
      .filter((hold) => hold.expiresAtMs + OVERDUE_MS < snapshot.takenAtMs)
      .map((hold) => stuck(`hold ${hold.id}`, 'is overdue')),
    ...leftover.notReady.map((app) => stuck(app, 'is not ready')),
  ];
}
