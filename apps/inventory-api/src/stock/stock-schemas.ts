import { limits } from '@inventory-events/contracts';
import { MAX_QUANTITY } from '@inventory-events/domain';
import { textField, uuidField, z } from '@inventory-events/service-runtime/api';

const MAX_NOTE_LENGTH = 255;
const MAX_REFERENCE_LENGTH = 100;

const id = z.string().openapi({ format: 'uuid' });
const time = z.string().openapi({ format: 'date-time' });
const count = z.number().int();

export const skuField = textField(limits.maxSkuLength);
export const statusField = z.enum(['IN_STOCK', 'LOW_STOCK', 'OUT_OF_STOCK', 'DISCONTINUED']);

/** How many units there are. */
export const countField = z.number().int().min(0).max(MAX_QUANTITY);

/** How many units come or go. */
export const quantityChangeField = z
  .number()
  .int()
  .min(-MAX_QUANTITY)
  .max(MAX_QUANTITY)
  .refine((change) => change !== 0, 'must not be 0');

export const expectedQuantityField = countField.openapi({
  description: 'Refused with STALE unless so many are on hand.',
});

export const annotationFields = {
  note: textField(MAX_NOTE_LENGTH).optional(),
  reference: textField(MAX_REFERENCE_LENGTH)
    .optional()
    .openapi({ description: 'What the movement belongs to, such as a purchase order.' }),
};

export const countReasonField = z.enum(['ADJUSTMENT', 'DAMAGE', 'LOSS', 'FOUND']);

export const changeReasonField = z
  .enum(['ADJUSTMENT', 'DAMAGE', 'LOSS', 'FOUND', 'RECEIVED', 'RETURN'])
  .openapi({
    description:
      'DAMAGE and LOSS take, FOUND, RECEIVED and RETURN add, ADJUSTMENT does either. The ' +
      'movement is INBOUND for RECEIVED, RETURN for RETURN, DAMAGE for DAMAGE, else ADJUSTMENT.',
  });

export const stockCreationSchema = z
  .strictObject({
    productId: uuidField,
    variantId: uuidField.optional(),
    warehouseId: uuidField.optional(),
    sku: skuField.optional(),
    quantity: countField.openapi({ description: 'On hand from the start.' }),
    lowStockThreshold: countField.optional(),
    reorderPoint: countField.optional(),
    reorderQuantity: countField.optional(),
    ...annotationFields,
  })
  .openapi('InventoryCreation');

export const stockUpdateSchema = z
  .strictObject({
    quantity: countField.optional().openapi({ description: 'On hand from now on.' }),
    expectedQuantity: expectedQuantityField.optional(),
    lowStockThreshold: countField
      .nullable()
      .optional()
      .openapi({ description: 'Null leaves it to the rules again.' }),
    reorderPoint: countField.optional(),
    reorderQuantity: countField.optional(),
    sku: skuField.optional(),
    status: z.enum(['ACTIVE', 'DISCONTINUED']).optional().openapi({
      description: 'DISCONTINUED takes it out of sale, ACTIVE back into it.',
    }),
    reason: countReasonField.optional(),
    ...annotationFields,
  })
  .refine((update) => Object.keys(update).length > 0, 'must change something')
  .openapi('InventoryUpdate', {
    description: 'What is left out stays as it is; all of it is changed together or nothing is.',
  });

export const stockAdjustmentSchema = z
  .strictObject({
    quantityChange: quantityChangeField,
    expectedQuantity: expectedQuantityField.optional(),
    reason: changeReasonField,
    ...annotationFields,
  })
  .openapi('InventoryAdjustment');

export const inventorySchema = z
  .object({
    inventoryId: id,
    productId: id,
    variantId: id.nullable(),
    warehouseId: id.nullable(),
    sku: z.string().nullable(),
    quantityAvailable: count,
    quantityReserved: count,
    quantityTotal: count.openapi({ description: 'On hand: available and reserved.' }),
    reorderPoint: count,
    reorderQuantity: count,
    status: statusField,
    lowStockThreshold: count.nullable(),
    version: count.openapi({ description: 'Grows with every change; the ETag is made of it.' }),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Inventory');

export const inventorySummarySchema = z
  .object({
    quantityAvailable: count,
    quantityReserved: count,
    quantityTotal: count,
    itemCount: count.openapi({ description: 'How many entries are summed up.' }),
    items: z.array(inventorySchema).openapi({ description: 'The first thousand of them.' }),
  })
  .openapi('InventorySummary');

export const movementSchema = z
  .object({
    id,
    type: z.enum(['INBOUND', 'OUTBOUND', 'ADJUSTMENT', 'TRANSFER', 'RETURN', 'DAMAGE']),
    quantity: count.openapi({ description: 'Signed change of the quantity on hand.' }),
    quantityAfter: count,
    reason: z.string().nullable(),
    note: z.string().nullable(),
    reference: z.string().nullable(),
    performedBy: z.string().nullable(),
    at: time,
  })
  .openapi('StockMovement');
