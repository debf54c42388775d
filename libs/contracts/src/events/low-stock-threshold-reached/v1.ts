import { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { itemData } from '../../envelope/item-data';
import { quantitySchema } from '../../values/quantity-schema';

/**
 * The quantity fell from above the low-stock threshold to it or below, straight to zero included.
 * Unlike LOW_STOCK it ignores the item's status, and with it hysteresis.
 */
export const lowStockThresholdReachedEventSchema = eventSchema(
  'LowStockThresholdReachedEvent',
  z.object({
    ...itemData,
    currentQuantity: quantitySchema,
    lowStockThreshold: quantitySchema,
  }),
);

export type LowStockThresholdReachedEvent = z.output<typeof lowStockThresholdReachedEventSchema>;
