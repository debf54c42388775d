import { z } from 'zod';

import { itemPartSchema } from '../../values/item-part-schema';
import { optionalField } from '../../values/optional-field';
import { quantitySchema } from '../../values/quantity-schema';
import { sourceSequenceSchema } from '../../values/sequence-schema';
import { timestampSchema } from '../../values/timestamp-schema';
import { uuidSchema } from '../../values/uuid-schema';
import { correlationIdField, eventIdField, skuField } from '../message-fields';

/** The native form of an inventory update: the quantity that an item now has. */
export const inventoryUpdateSchema = z.object({
  eventId: eventIdField,
  productId: uuidSchema,
  variantId: itemPartSchema,
  warehouseId: itemPartSchema,
  sku: skuField,
  newQuantity: quantitySchema,
  /** A cross-check: the stored quantity wins. On first sight of an item it is the baseline. */
  previousQuantity: optionalField(quantitySchema),
  /** Judges this update only; it isn't stored. */
  lowStockThreshold: optionalField(quantitySchema),
  /** Counted up by the sender per item: an update that isn't newer than the stored one is stale. */
  sequence: optionalField(sourceSequenceSchema),
  /** Orders updates without a sequence. */
  occurredAt: optionalField(timestampSchema),
  correlationId: correlationIdField,
});

export type InventoryUpdate = z.output<typeof inventoryUpdateSchema>;
