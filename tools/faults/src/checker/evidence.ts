import type { History } from '../record/history';
import type { EventRow, ItemRow } from '../record/snapshot';
import { isValid, itemTextOf, type Operation, type ValidOperation } from '../workload/operation';

/** A history, indexed for the questions that the verdicts ask. */
export interface Evidence {
  readonly history: History;
  /** Valid messages by eventId that may have arrived: confirmed, or nobody knows. */
  readonly arrivable: ReadonlyMap<string, readonly ValidOperation[]>;
  /** eventIds of valid messages, and messageIds of the others, that did arrive. */
  readonly confirmed: ReadonlySet<string>;
  /** Ids that the product says it has processed. */
  readonly processed: ReadonlySet<string>;
  /** messageIds. */
  readonly deadLettered: ReadonlySet<string>;
  /** messageIds. */
  readonly queued: ReadonlySet<string>;
  readonly audited: ReadonlyMap<string, EventRow>;
  /** By item id, in the order of their sequence. */
  readonly eventsOfItem: ReadonlyMap<string, readonly EventRow[]>;
  readonly itemByText: ReadonlyMap<string, ItemRow>;
  readonly parked: ReadonlySet<string>;
}

/** What identifies a message across its repetitions, where it has something that does. */
export function effectIdOf(operation: Operation): string {
  return isValid(operation) ? operation.eventId : operation.messageId;
}

export function createEvidence(history: History): Evidence {
  const { operations, snapshot, deadLetters, leftover } = history;
  const arrivable = new Map<string, ValidOperation[]>();
  const confirmed = new Set<string>();
  for (const { operation, outcome } of operations) {
    if (outcome === 'failed') continue;
    if (outcome === 'ok') confirmed.add(effectIdOf(operation));
    if (isValid(operation)) addTo(arrivable, operation.eventId, operation);
  }
  const eventsOfItem = new Map<string, EventRow[]>();
  for (const event of snapshot.events) addTo(eventsOfItem, event.itemId, event);
  for (const events of eventsOfItem.values()) events.sort((a, b) => a.sequence - b.sequence);
  return {
    history,
    arrivable,
    confirmed,
    processed: new Set(snapshot.inbox.map((row) => row.messageId)),
    deadLettered: new Set(deadLetters.map((letter) => letter.messageId)),
    queued: new Set(leftover.queued),
    audited: new Map(snapshot.events.map((event) => [event.id, event])),
    eventsOfItem,
    itemByText: new Map(snapshot.items.map((item) => [itemTextOf(item), item])),
    parked: new Set(snapshot.parked.map((event) => event.eventId)),
  };
}

function addTo<Value>(index: Map<string, Value[]>, key: string, value: Value): void {
  const values = index.get(key);
  if (values === undefined) index.set(key, [value]);
  else values.push(value);
}
