import type { ReservationEvent } from './reservation-event';
import type { StockEvent } from './stock-event';

/** Any event of an item; one sequence numbers them all. */
export type ItemEvent = ReservationEvent | StockEvent;

export type ItemEventType = ItemEvent['type'];
