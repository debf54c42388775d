import { MAX_QUANTITY } from '@inventory-events/domain';
import { uuidField, z } from '@inventory-events/service-runtime/api';
import { quantityField } from '../http/line-fields';

const id = z.string().openapi({ format: 'uuid' });
const units = z.number().int();

const productFields = {
  product_id: uuidField,
  variant_id: uuidField.optional(),
  warehouse_id: uuidField.optional(),
};

export const updateRequestSchema = z
  .strictObject({
    ...productFields,
    quantity: z.number().int().min(0).max(MAX_QUANTITY),
    operation: z
      .enum(['set', 'add', 'subtract'])
      .default('set')
      .openapi({
        description:
          '`set`: so many are on hand from now on. `add`, `subtract`: so many more or fewer, as ' +
          'when an order was cancelled or placed.',
      }),
    order_id: uuidField.optional().openapi({ description: 'Noted with the movement.' }),
  })
  .refine(({ operation, quantity }) => operation === 'set' || quantity > 0, {
    path: ['quantity'],
    message: 'must be at least 1',
  })
  .openapi('ProductInventoryUpdate');

export const reserveRequestSchema = z
  .strictObject({
    ...productFields,
    quantity: quantityField,
    order_id: uuidField,
    user_id: uuidField.optional(),
    ttl_seconds: z.number().int().min(1).max(MAX_QUANTITY).optional(),
  })
  .openapi('ProductInventoryReservation');

const productInventoryFields = {
  product_id: id,
  quantity: units.openapi({ description: 'On hand.' }),
  reserved: units,
  available: units,
};

export const productInventorySchema = z.object(productInventoryFields).openapi('ProductInventory', {
  description: 'Of all variants and warehouses of the product together.',
});

export const updatedSchema = z
  .object({ message: z.string(), ...productInventoryFields })
  .openapi('ProductInventoryUpdated');

export const reservedSchema = z
  .object({
    message: z.string(),
    order_id: id,
    product_id: id,
    reservation_id: id,
    quantity: units,
    status: z.enum(['PENDING']),
    expires_at: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('ProductInventoryReserved');
