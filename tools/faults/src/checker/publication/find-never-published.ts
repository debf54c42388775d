import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Events that were committed, and neither arrived nor wait in the outbox nor were set aside. */
export function findNeverPublished({ history, parked }: Evidence): Finding[] {
  const { snapshot, deliveries } = history;
  const known = new Set([
    ...deliveries.map((delivery) => delivery.eventId),
    ...snapshot.outbox.map((event) => event.eventId),
    ...parked,
  ]);
  return snapshot.events
    .filter((event) => !known.has(event.id))
    .map((event) => ({
      verdict: 'never published',
      subject: `event ${event.id}`,
      detail: `${event.type} ${event.sequence} of ${event.itemId} is in the audit log alone`,
    }));
}
