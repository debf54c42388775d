import { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { positiveQuantitySchema, quantitySchema } from '../../values/quantity-schema';
import { reservationData } from '../reservation-data';

/** Reserved stock was sold: it left both the reserved and the physical quantity. */
export const inventoryCommittedEventSchema = eventSchema(
  'InventoryCommittedEvent',
  z.object({
    ...reservationData,
    quantityCommitted: positiveQuantitySchema,
    availableQuantityAfterCommit: quantitySchema,
  }),
);

export type InventoryCommittedEvent = z.output<typeof inventoryCommittedEventSchema>;
