import type { Delivery } from '../../record/history';
import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/**
 * Items of which an event came for the first time behind a later one. What comes again is not
 * looked at: a consumer that drops what it has seen can't tell. Nor is what was set aside and
 * redriven: that comes late on purpose.
 */
export function findDisorder({ history, parked }: Evidence): Finding[] {
  const last = new Map<string, Delivery>();
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const delivery of history.deliveries) {
    const { eventId, itemId, sequence } = delivery;
    if (seen.has(eventId) || parked.has(eventId)) continue;
    seen.add(eventId);
    const before = last.get(itemId);
    if (before !== undefined && before.sequence > sequence) {
      findings.push({
        verdict: 'order violated',
        subject: `item ${itemId}`,
        detail: `event ${sequence} came behind event ${before.sequence}`,
      });
    } else {
      last.set(itemId, delivery);
    }
  }
  return findings;
}
