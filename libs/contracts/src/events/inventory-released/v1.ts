import { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { positiveQuantitySchema, quantitySchema } from '../../values/quantity-schema';
import { reservationData } from '../reservation-data';

export const releaseReasonSchema = z.enum([
  'ORDER_CANCELLED',
  'RESERVATION_EXPIRED',
  'ORDER_COMPLETED_ADJUSTMENT',
]);

/** Why reserved stock went back to the available pool. */
export type ReleaseReason = z.output<typeof releaseReasonSchema>;

/** Reserved stock is available again. */
export const inventoryReleasedEventSchema = eventSchema(
  'InventoryReleasedEvent',
  z.object({
    ...reservationData,
    quantityReleased: positiveQuantitySchema,
    availableQuantityAfterRelease: quantitySchema,
    reasonForRelease: releaseReasonSchema,
  }),
);

export type InventoryReleasedEvent = z.output<typeof inventoryReleasedEventSchema>;
