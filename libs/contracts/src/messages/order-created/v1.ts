import { z } from 'zod';

import { itemPartSchema } from '../../values/item-part-schema';
import { optionalField } from '../../values/optional-field';
import { positiveQuantitySchema } from '../../values/quantity-schema';
import { timestampSchema } from '../../values/timestamp-schema';
import { uuidSchema } from '../../values/uuid-schema';
import { correlationIdField, eventIdField, skuField, userIdField } from '../message-fields';

export const MAX_ORDER_LINES = 1_000;

const MAX_TTL_SECONDS = 7 * 24 * 60 * 60;

/** One line of an order. Several lines may name the same item; their quantities add up. */
export const orderLineSchema = z
  .object({
    productId: optionalField(uuidSchema),
    inventoryId: optionalField(uuidSchema),
    sku: skuField,
    variantId: itemPartSchema,
    warehouseId: itemPartSchema,
    quantity: positiveQuantitySchema,
  })
  .refine(
    (line) => line.productId ?? line.inventoryId ?? line.sku,
    'one of productId, inventoryId and sku is required',
  );

export type OrderLine = z.output<typeof orderLineSchema>;

/** `order.created`: reserve the order's lines, all or nothing. */
export const orderCreatedSchema = z.object({
  eventId: eventIdField,
  orderId: uuidSchema,
  userId: userIdField,
  items: z.array(orderLineSchema).min(1).max(MAX_ORDER_LINES),
  /** How long the stock is held when neither payment nor cancellation arrives. */
  ttlSeconds: optionalField(z.int().min(1).max(MAX_TTL_SECONDS)),
  timestamp: optionalField(timestampSchema),
  correlationId: correlationIdField,
});

export type OrderCreated = z.output<typeof orderCreatedSchema>;
