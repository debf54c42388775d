import { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { itemData } from '../../envelope/item-data';
import { changeTypeSchema } from '../../values/change-type-schema';
import { quantityChangeSchema, quantitySchema } from '../../values/quantity-schema';

/** The physical quantity of an item changed. Quantities are on hand, reserved units included. */
export const stockLevelChangedEventSchema = eventSchema(
  'StockLevelChangedEvent',
  z.object({
    ...itemData,
    newQuantity: quantitySchema,
    oldQuantity: quantitySchema,
    quantityChanged: quantityChangeSchema,
    changeType: changeTypeSchema,
  }),
);

export type StockLevelChangedEvent = z.output<typeof stockLevelChangedEventSchema>;
