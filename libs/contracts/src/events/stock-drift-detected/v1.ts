import { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { itemData } from '../../envelope/item-data';
import { quantitySchema } from '../../values/quantity-schema';

/**
 * The stock of an item does not add up: on hand is not the sum of its movements, or reserved not the
 * sum of its pending holds. Told once per difference; nothing was changed, and nothing repairs it.
 */
export const stockDriftDetectedEventSchema = eventSchema(
  'StockDriftDetectedEvent',
  z.object({
    ...itemData,
    onHand: quantitySchema,
    /** What on hand should be; below zero where more went out than had come in. */
    movementTotal: z.int(),
    reserved: quantitySchema,
    /** What reserved should be. */
    pendingTotal: z.int().min(0),
  }),
);

export type StockDriftDetectedEvent = z.output<typeof stockDriftDetectedEventSchema>;
