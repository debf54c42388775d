import type { PendingEvent } from '@inventory-events/data-access';

/** An event as a read returns it. */
export function pendingEvent(
  overrides: Partial<PendingEvent> & { position: number },
): PendingEvent {
  return {
    partition: 0,
    itemId: 'item',
    eventId: `event-${overrides.position}`,
    eventType: 'StockLevelChangedEvent',
    sequence: overrides.position,
    routingKey: 'inventory.stock.changed',
    correlationId: 'correlation',
    payload: '{}',
    traceparent: null,
    createdAtMs: 0,
    attempts: 0,
    retryInMs: null,
    ...overrides,
  };
}
