import { z } from 'zod';

import { eventSchemas } from './event-schemas';

/** One schema for whatever arrives from the exchange, told apart by `eventType`. */
export const anyEventSchema = z.discriminatedUnion('eventType', [
  eventSchemas.StockLevelChangedEvent,
  eventSchemas.StockStatusChangedEvent,
  eventSchemas.LowStockThresholdReachedEvent,
  eventSchemas.InventoryReservedEvent,
  eventSchemas.InventoryReservationFailedEvent,
  eventSchemas.InventoryReleasedEvent,
  eventSchemas.InventoryCommittedEvent,
  eventSchemas.LOW_STOCK,
  eventSchemas.OUT_OF_STOCK,
  eventSchemas.BACK_IN_STOCK,
  eventSchemas.StockDriftDetectedEvent,
]);
