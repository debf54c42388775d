import type { History } from '../record/history';

/**
 * Publications of an event beyond its first: at least once is what is promised, so they are counted
 * and not condemned. What the broker itself delivered again is none.
 */
export function countRepetitions({ deliveries }: Pick<History, 'deliveries'>): number {
  const published = deliveries.filter((delivery) => !delivery.redelivered);
  return published.length - new Set(published.map((delivery) => delivery.eventId)).size;
}
