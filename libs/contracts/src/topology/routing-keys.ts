import type { EventType } from '../events/event-schemas';

/** The routing key of every event on the exchange `inventory.events`. */
export const routingKeys = {
  StockLevelChangedEvent: 'inventory.stock.changed',
  StockStatusChangedEvent: 'inventory.stock.status.changed',
  LowStockThresholdReachedEvent: 'inventory.stock.low_threshold_reached',
  InventoryReservedEvent: 'inventory.reservation.created',
  InventoryReservationFailedEvent: 'inventory.reservation.failed',
  InventoryReleasedEvent: 'inventory.reservation.released',
  InventoryCommittedEvent: 'inventory.reservation.committed',
  LOW_STOCK: 'inventory.threshold.low_stock',
  OUT_OF_STOCK: 'inventory.threshold.out_of_stock',
  BACK_IN_STOCK: 'inventory.threshold.back_in_stock',
  StockDriftDetectedEvent: 'inventory.proof.drift_detected',
} as const satisfies Record<EventType, string>;

export type RoutingKey = (typeof routingKeys)[EventType];

export function routingKeyOf(eventType: EventType): RoutingKey {
  return routingKeys[eventType];
}

/** What a consumer binds its queue with; a prefix is enough to get a whole family. */
export const bindingKeys = {
  allEvents: 'inventory.#',
  stockEvents: 'inventory.stock.#',
  reservationEvents: 'inventory.reservation.*',
  thresholdEvents: 'inventory.threshold.*',
  proofEvents: 'inventory.proof.*',
} as const;
