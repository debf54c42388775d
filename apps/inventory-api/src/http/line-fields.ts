import { MAX_QUANTITY } from '@inventory-events/domain';
import { z } from '@inventory-events/service-runtime/api';
import type { ItemReference } from '../items/item-reference';
import { itemReferenceFields, NAMES_NOTHING, namesAnItem } from '../items/item-reference-fields';

/** Units that a request moves or wants. */
export const quantityField = z.number().int().min(1).max(MAX_QUANTITY);

/** A line of a request: which stock entry, and how many units of it. */
export function lineSchema<Quantity extends z.ZodType>(quantity: Quantity) {
  return z
    .strictObject({ ...itemReferenceFields, quantity })
    .refine((line) => namesAnItem(line as ItemReference), NAMES_NOTHING);
}
