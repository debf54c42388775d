import { z } from 'zod';

import { itemData } from '../envelope/item-data';
import { quantitySchema } from '../values/quantity-schema';
import { thresholdSourceSchema } from '../values/threshold-source-schema';

/** `data` of the three crossing events. Quantities are available ones: what the rules judge. */
export const crossingDataSchema = z.object({
  ...itemData,
  previousQuantity: quantitySchema,
  newQuantity: quantitySchema,
  lowStockThreshold: quantitySchema,
  thresholdSource: thresholdSourceSchema,
});
