import { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { itemData } from '../../envelope/item-data';
import { quantitySchema } from '../../values/quantity-schema';
import { stockStatusSchema } from '../../values/stock-status-schema';

/** The status of an item changed. `currentQuantity` is the physical quantity at that moment. */
export const stockStatusChangedEventSchema = eventSchema(
  'StockStatusChangedEvent',
  z.object({
    ...itemData,
    newStatus: stockStatusSchema,
    oldStatus: stockStatusSchema,
    currentQuantity: quantitySchema,
  }),
);

export type StockStatusChangedEvent = z.output<typeof stockStatusChangedEventSchema>;
