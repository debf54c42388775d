import type { ReservationDecision } from '../reservations/reservation-decision';

/** What was told of each item, as `item:number type`. */
export function eventTypesOf(decision: ReservationDecision): string[] {
  return decision.events.map(({ itemId, event }) => `${itemId}:${event.sequence} ${event.type}`);
}
