import { explainItem, type SeenEffect } from '../../oracle/explain-item';
import { STATUS_OF_ZONE, type ToldEvent } from '../../oracle/item-story';
import type { EventRow } from '../../record/snapshot';
import { itemTextOf, type UpdateOperation } from '../../workload/operation';
import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/**
 * Items whose events can't have come of their updates by the rules. Where the updates had their
 * effects in another order than they were sent in, that is what is wrong.
 */
export function findWrongEffects(evidence: Evidence): Finding[] {
  return [...lanesPerItem(evidence)].flatMap(([text, lanesByName]) => {
    const item = evidence.itemByText.get(text);
    const events = item === undefined ? [] : (evidence.eventsOfItem.get(item.id) ?? []);
    const seen = toEffects(events);
    const twice = seen.find(({ eventId }, at) => seen.findIndex((e) => e.eventId === eventId) < at);
    if (twice !== undefined) return [appliedAgain(item?.id ?? text, twice)];
    const lanes = [...lanesByName.values()];
    const known = explainItem(lanes, seen);
    const subject = `item ${item?.id ?? text}`;
    if (known === undefined) return [contradiction(subject, lanes, seen)];
    if (known.quantity === undefined || known.zone === undefined) return [];
    const expected = `${known.quantity} ${STATUS_OF_ZONE[known.zone]}`;
    const found = `${item?.onHand} ${item?.status}`;
    if (expected === found) return [];
    return [{ verdict: 'wrong effect', subject, detail: `is ${found} instead of ${expected}` }];
  });
}

type Lanes = Map<string, UpdateOperation[]>;

/**
 * The updates that were processed, each once, of items that no order concerns. One of which nobody
 * knows when it arrived is a lane by itself: nothing orders it.
 */
function lanesPerItem({ history, processed }: Evidence): Map<string, Lanes> {
  const perItem = new Map<string, Lanes>();
  const ordered = new Set<string>();
  const seen = new Set<string>();
  for (const { operation, outcome } of history.operations) {
    if (operation.kind === 'order') {
      for (const { item } of operation.lines) ordered.add(itemTextOf(item));
    }
    if (operation.kind !== 'update' || outcome === 'failed') continue;
    const { eventId, item } = operation;
    if (!processed.has(eventId) || seen.has(eventId)) continue;
    seen.add(eventId);
    const lanes = perItem.get(itemTextOf(item)) ?? new Map<string, UpdateOperation[]>();
    perItem.set(itemTextOf(item), lanes);
    const lane = outcome === 'unknown' ? `unknown ${eventId}` : operation.lane;
    lanes.set(lane, [...(lanes.get(lane) ?? []), operation]);
  }
  for (const text of ordered) perItem.delete(text);
  return perItem;
}

function toEffects(events: readonly EventRow[]): SeenEffect[] {
  const effects: { eventId: string; events: ToldEvent[] }[] = [];
  for (const event of events) {
    const eventId = event.causeMessageId ?? '';
    const told: ToldEvent = {
      type: event.type,
      from: event.previousQuantity ?? Number.NaN,
      to: event.newQuantity ?? Number.NaN,
      threshold: event.lowStockThreshold ?? Number.NaN,
      source: event.thresholdSource ?? '',
    };
    const last = effects.at(-1);
    if (last?.eventId === eventId) last.events.push(told);
    else effects.push({ eventId, events: [told] });
  }
  return effects;
}

function appliedAgain(item: string, { eventId }: SeenEffect): Finding {
  const detail = `has effects of message ${eventId} before and behind those of another`;
  return { verdict: 'applied twice', subject: `item ${item}`, detail };
}

function contradiction(
  subject: string,
  lanes: readonly (readonly UpdateOperation[])[],
  seen: readonly SeenEffect[],
): Finding {
  for (const lane of lanes) {
    const places = seen
      .map(({ eventId }) => lane.findIndex((update) => update.eventId === eventId))
      .filter((place) => place >= 0);
    const at = places.findIndex((place, index) => index > 0 && place < (places[index - 1] ?? 0));
    if (at > 0) {
      const detail = `update ${places[at]} had its effect behind update ${places[at - 1]}`;
      return { verdict: 'order violated', subject, detail };
    }
  }
  const detail = 'no order of its updates explains its events';
  return { verdict: 'wrong effect', subject, detail };
}
