import { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { positiveQuantitySchema, quantitySchema } from '../../values/quantity-schema';
import { reservationData } from '../reservation-data';

/** Stock was put aside for an order and is no longer available to others. */
export const inventoryReservedEventSchema = eventSchema(
  'InventoryReservedEvent',
  z.object({
    ...reservationData,
    quantityReserved: positiveQuantitySchema,
    availableQuantityAfterReservation: quantitySchema,
  }),
);

export type InventoryReservedEvent = z.output<typeof inventoryReservedEventSchema>;
