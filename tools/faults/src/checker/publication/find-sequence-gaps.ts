import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Items whose events are not numbered 1, 2, 3 … up to what the item says. */
export function findSequenceGaps({ history, eventsOfItem }: Evidence): Finding[] {
  return history.snapshot.items.flatMap(({ id, sequence }) => {
    const numbers = (eventsOfItem.get(id) ?? []).map((event) => event.sequence);
    const at = numbers.findIndex((number, index) => number !== index + 1);
    if (at < 0 && numbers.length === sequence) return [];
    const detail =
      at < 0
        ? `${numbers.length} events, and the item counts ${sequence}`
        : `event ${numbers[at]} in the place of ${at + 1}`;
    return [{ verdict: 'sequence gap', subject: `item ${id}`, detail }];
  });
}
