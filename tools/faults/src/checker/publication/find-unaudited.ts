import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Events that were published, and of which the audit log knows nothing. */
export function findUnaudited({ history, audited }: Evidence): Finding[] {
  const ids = new Set(history.deliveries.map((delivery) => delivery.eventId));
  return [...ids]
    .filter((id) => !audited.has(id))
    .map((id) => ({
      verdict: 'published but not audited',
      subject: `event ${id}`,
      detail: 'was delivered and is not in the audit log',
    }));
}
