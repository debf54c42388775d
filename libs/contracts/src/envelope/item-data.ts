import { MAX_SKU_LENGTH } from '../values/text-schema';
import { sequenceSchema } from '../values/sequence-schema';
import { timestampSchema } from '../values/timestamp-schema';
import { uuidSchema } from '../values/uuid-schema';
import { envelopeSchema } from './v1';
import { z } from 'zod';

/** The fields that `data` of every event has: the item, its place in the item's history, the trace. */
export const itemData = {
  /** The variant where the item has one, otherwise the product: the id of what is sold. */
  productVariantId: uuidSchema,
  productId: uuidSchema,
  variantId: uuidSchema.nullable(),
  warehouseId: uuidSchema.nullable(),
  sku: z.string().min(1).max(MAX_SKU_LENGTH).nullable(),
  sequence: sequenceSchema,
  timestamp: timestampSchema,
  correlationId: envelopeSchema.shape.correlationId,
};
