import type { EventType } from '@inventory-events/contracts';
import type { ItemEvent } from '@inventory-events/domain';

/** The published name of an event of the domain. */
export function eventTypeOf(event: ItemEvent): EventType {
  switch (event.type) {
    case 'LOW_STOCK':
    case 'OUT_OF_STOCK':
    case 'BACK_IN_STOCK':
      return event.type;
    default:
      return `${event.type}Event`;
  }
}
