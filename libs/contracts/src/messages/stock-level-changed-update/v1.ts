import { z } from 'zod';

import { changeTypeSchema } from '../../values/change-type-schema';
import { itemPartSchema } from '../../values/item-part-schema';
import { optionalField } from '../../values/optional-field';
import { quantityChangeSchema, quantitySchema } from '../../values/quantity-schema';
import { sourceSequenceSchema } from '../../values/sequence-schema';
import { printableText } from '../../values/text-schema';
import { timestampSchema } from '../../values/timestamp-schema';
import { uuidSchema } from '../../values/uuid-schema';
import { correlationIdField, eventIdField, skuField } from '../message-fields';

/**
 * An inventory update in the common envelope, sent by an inventory service that publishes
 * StockLevelChangedEvent itself. Looser than the event of the same name that leaves this system:
 * only the variant and its new quantity are needed.
 */
export const stockLevelChangedUpdateSchema = z.object({
  eventId: eventIdField,
  eventType: z.literal('StockLevelChangedEvent'),
  eventVersion: z.string().regex(/^1(\.\d{1,4})?$/, 'must be a version 1.x'),
  timestamp: timestampSchema,
  sourceService: optionalField(printableText(100)),
  correlationId: correlationIdField,
  data: z.object({
    /** The variant, or the product itself where `productId` is absent or the same. */
    productVariantId: uuidSchema,
    productId: optionalField(uuidSchema),
    warehouseId: itemPartSchema,
    sku: skuField,
    newQuantity: quantitySchema,
    oldQuantity: optionalField(quantitySchema),
    quantityChanged: optionalField(quantityChangeSchema),
    changeType: optionalField(changeTypeSchema),
    lowStockThreshold: optionalField(quantitySchema),
    sequence: optionalField(sourceSequenceSchema),
    /** When the stock changed; the envelope's timestamp where absent. */
    timestamp: optionalField(timestampSchema),
    correlationId: correlationIdField,
  }),
});

export type StockLevelChangedUpdate = z.output<typeof stockLevelChangedUpdateSchema>;
