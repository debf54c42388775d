import { z } from 'zod';

import { itemPartSchema } from '../../values/item-part-schema';
import { optionalField } from '../../values/optional-field';
import { quantitySchema } from '../../values/quantity-schema';
import { timestampSchema } from '../../values/timestamp-schema';
import { uuidSchema } from '../../values/uuid-schema';
import { correlationIdField, eventIdField, skuField } from '../message-fields';

/** `product.created`: open a stock entry for a new product. */
export const productCreatedSchema = z.object({
  eventId: eventIdField,
  productId: uuidSchema,
  variantId: itemPartSchema,
  warehouseId: itemPartSchema,
  sku: skuField,
  initialQuantity: optionalField(quantitySchema),
  lowStockThreshold: optionalField(quantitySchema),
  reorderPoint: optionalField(quantitySchema),
  reorderQuantity: optionalField(quantitySchema),
  timestamp: optionalField(timestampSchema),
  correlationId: correlationIdField,
});

export type ProductCreated = z.output<typeof productCreatedSchema>;
