import { z } from 'zod';

import { optionalField } from '../../values/optional-field';
import { itemPartSchema } from '../../values/item-part-schema';
import { quantitySchema } from '../../values/quantity-schema';
import { timestampSchema } from '../../values/timestamp-schema';
import { uuidSchema } from '../../values/uuid-schema';
import { correlationIdField, eventIdField, skuField } from '../message-fields';

/** An inventory update as `inventory.stock_updated`, the flat event of the Go inventory service. */
export const inventoryStockUpdatedSchema = z.object({
  eventId: eventIdField,
  eventType: optionalField(z.literal('inventory.stock_updated')),
  /** The sender's own id of the stock row. It identifies nothing here. */
  inventoryId: optionalField(uuidSchema),
  productId: uuidSchema,
  variantId: itemPartSchema,
  warehouseId: itemPartSchema,
  sku: skuField,
  oldStock: optionalField(quantitySchema),
  newStock: quantitySchema,
  timestamp: optionalField(timestampSchema),
  correlationId: correlationIdField,
});

export type InventoryStockUpdated = z.output<typeof inventoryStockUpdatedSchema>;
