import { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { positiveQuantitySchema } from '../../values/quantity-schema';
import { sequenceSchema } from '../../values/sequence-schema';
import { MAX_REASON_LENGTH } from '../../values/text-schema';
import { orderData } from '../reservation-data';

/**
 * Stock could not be put aside. Nothing of the order's lines is held. Where the order named an SKU
 * that no item has, or more than one, the product ids are the nil UUID and `sku` is what it named.
 */
export const inventoryReservationFailedEventSchema = eventSchema(
  'InventoryReservationFailedEvent',
  z.object({
    ...orderData,
    /** Null when the order named a product that has no stock entry: nothing numbers its events. */
    sequence: sequenceSchema.nullable(),
    quantityAttempted: positiveQuantitySchema,
    /** A code such as INSUFFICIENT_STOCK or PRODUCT_NOT_FOUND; expect new ones. */
    reasonForFailure: z.string().min(1).max(MAX_REASON_LENGTH),
  }),
);

export type InventoryReservationFailedEvent = z.output<
  typeof inventoryReservationFailedEventSchema
>;
