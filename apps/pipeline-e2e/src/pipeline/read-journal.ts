import { parseEvent } from '@inventory-events/contracts';
import type { ObservedMessage } from '@inventory-events/testing';
import type { WireEvent } from '../wire/expected-on-wire';

export interface JournalEntry extends WireEvent {
  eventId: string;
  correlationId: string;
}

export interface Journal {
  /** What a consumer that drops `sequence <= last seen` is left with, by product. */
  perProduct: Map<string, JournalEntry[]>;
  count: number;
  repeated: number;
  /** Anything that must not be: gaps, bodies that are not the contract's, two bodies of one id. */
  violations: string[];
}

/** Reads what was observed as a careful consumer would, and notes every broken promise. */
export function readJournal(messages: readonly ObservedMessage[]): Journal {
  const journal: Journal = { perProduct: new Map(), count: 0, repeated: 0, violations: [] };
  const bodies = new Map<string, string>();
  for (const message of messages) {
    const entry = message.body as JournalEntry;
    const body = message.content.toString();
    const parsed = parseEvent(message.body);
    if (!parsed.ok) journal.violations.push(`not of the contract: ${body}`);
    if (message.messageId !== entry.eventId) journal.violations.push(`other messageId: ${body}`);
    if ((bodies.get(entry.eventId) ?? body) !== body) {
      journal.violations.push(`another body under the same id: ${body}`);
    }
    bodies.set(entry.eventId, body);
    record(journal, entry);
  }
  return journal;
}

function record(journal: Journal, entry: JournalEntry): void {
  const productId = String(entry.data['productId']);
  const sequence = Number(entry.data['sequence']);
  const seen = journal.perProduct.get(productId) ?? [];
  const last = Number(seen.at(-1)?.data['sequence'] ?? 0);
  if (sequence <= last) {
    journal.repeated += 1;
    return;
  }
  if (sequence !== last + 1) {
    journal.violations.push(`${productId}: ${sequence} after ${last}`);
  }
  seen.push(entry);
  journal.perProduct.set(productId, seen);
  journal.count += 1;
}
