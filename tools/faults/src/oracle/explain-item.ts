import type { UpdateOperation } from '../workload/operation';
import { type KnownItem, NEVER_SEEN, tellUpdate, type ToldEvent } from './item-story';

/** The events that one message caused, as the audit log has them. */
export interface SeenEffect {
  readonly eventId: string;
  readonly events: readonly ToldEvent[];
}

/**
 * Looks for an order in which the updates can have been handled so that exactly these effects came
 * of it: that of sending within a lane, any between lanes. Resolves to what the item must be now,
 * or to undefined when there is no such order.
 */
export function explainItem(
  lanes: readonly (readonly UpdateOperation[])[],
  seen: readonly SeenEffect[],
): KnownItem | undefined {
  const refuted = new Set<string>();

  function explain(
    item: KnownItem,
    positions: readonly number[],
    told: number,
  ): KnownItem | undefined {
    const place = JSON.stringify([positions, told, item]);
    if (refuted.has(place)) return undefined;
    let isAtEnd = true;
    for (const [index, lane] of lanes.entries()) {
      const update = lane[positions[index] as number];
      if (update === undefined) continue;
      isAtEnd = false;
      const effect = tellUpdate(item, update);
      const isTold = effect.events.length > 0;
      if (isTold && !isSame(seen[told], update.eventId, effect.events)) continue;
      const next = positions.map((position, at) => (at === index ? position + 1 : position));
      const end = explain(effect.after, next, isTold ? told + 1 : told);
      if (end !== undefined) return end;
    }
    if (isAtEnd && told === seen.length) return item;
    refuted.add(place);
    return undefined;
  }

  return explain(
    NEVER_SEEN,
    lanes.map(() => 0),
    0,
  );
}

function isSame(
  seen: SeenEffect | undefined,
  eventId: string,
  events: readonly ToldEvent[],
): boolean {
  if (seen?.eventId !== eventId) return false;
  return JSON.stringify(seen.events.map(inOrder)) === JSON.stringify(events.map(inOrder));
}

function inOrder({ type, from, to, threshold, source }: ToldEvent): readonly unknown[] {
  return [type, from, to, threshold, source];
}
