import type { z } from 'zod';

import { backInStockEventSchema } from './back-in-stock/v1';
import { inventoryCommittedEventSchema } from './inventory-committed/v1';
import { inventoryReleasedEventSchema } from './inventory-released/v1';
import { inventoryReservationFailedEventSchema } from './inventory-reservation-failed/v1';
import { inventoryReservedEventSchema } from './inventory-reserved/v1';
import { lowStockThresholdReachedEventSchema } from './low-stock-threshold-reached/v1';
import { lowStockEventSchema } from './low-stock/v1';
import { outOfStockEventSchema } from './out-of-stock/v1';
import { stockDriftDetectedEventSchema } from './stock-drift-detected/v1';
import { stockLevelChangedEventSchema } from './stock-level-changed/v1';
import { stockStatusChangedEventSchema } from './stock-status-changed/v1';

/** The schema of every event that is published, by its `eventType`. */
export const eventSchemas = {
  StockLevelChangedEvent: stockLevelChangedEventSchema,
  StockStatusChangedEvent: stockStatusChangedEventSchema,
  LowStockThresholdReachedEvent: lowStockThresholdReachedEventSchema,
  InventoryReservedEvent: inventoryReservedEventSchema,
  InventoryReservationFailedEvent: inventoryReservationFailedEventSchema,
  InventoryReleasedEvent: inventoryReleasedEventSchema,
  InventoryCommittedEvent: inventoryCommittedEventSchema,
  LOW_STOCK: lowStockEventSchema,
  OUT_OF_STOCK: outOfStockEventSchema,
  BACK_IN_STOCK: backInStockEventSchema,
  StockDriftDetectedEvent: stockDriftDetectedEventSchema,
} as const;

export type EventType = keyof typeof eventSchemas;

/** The event of one type: `EventOf<'LOW_STOCK'>`. */
export type EventOf<Type extends EventType> = z.output<(typeof eventSchemas)[Type]>;

/** Any published event; `eventType` tells them apart. */
export type AnyEvent = { [Type in EventType]: EventOf<Type> }[EventType];

export const eventTypes = Object.keys(eventSchemas) as readonly EventType[];

export function isEventType(value: unknown): value is EventType {
  return typeof value === 'string' && Object.hasOwn(eventSchemas, value);
}
