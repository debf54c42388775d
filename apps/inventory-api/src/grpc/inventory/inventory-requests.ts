import { limits } from '@inventory-events/contracts';
import { MAX_QUANTITY } from '@inventory-events/domain';
import { textField, uuidField, z } from '@inventory-events/service-runtime/api';
import type { ItemReference as ReferenceMessage } from '../../generated/inventory/v1/inventory';
import { quantityField } from '../../http/line-fields';
import { MAX_LINES } from '../../reservations/create-reserve';

/** A sender's overflow arrives as a negative number: every range is checked here. */
const count = z.int().min(0).max(MAX_QUANTITY);
const quantityChange = z
  .int()
  .min(-MAX_QUANTITY)
  .max(MAX_QUANTITY)
  .refine((change) => change !== 0, 'must not be 0');

const itemReference = z.preprocess(
  toNamedFields,
  z
    .object(
      {
        inventoryId: uuidField.optional(),
        productId: uuidField.optional(),
        sku: textField(limits.maxSkuLength).optional(),
        variantId: uuidField.optional(),
        warehouseId: uuidField.optional(),
      },
      'is needed',
    )
    .refine(
      ({ inventoryId, productId, sku }) => (inventoryId ?? productId ?? sku) !== undefined,
      'one of inventory_id, product_id and sku is needed',
    ),
);

/** The fields as the proto names them, without the oneof around them. */
function toNamedFields(message: unknown): unknown {
  if (message === undefined) return undefined;
  const { item, variantId, warehouseId } = message as ReferenceMessage;
  return { ...(item === undefined ? {} : { [item.$case]: item.value }), variantId, warehouseId };
}

const lines = z
  .array(
    z
      .object({ item: itemReference, quantity: quantityField })
      .transform(({ item, quantity }) => ({ quantity, ...item })),
  )
  .min(1, 'at least one line is needed')
  .max(MAX_LINES);

export const getInventoryRequest = z.object({ item: itemReference });

export const checkAvailabilityRequest = z.object({ lines });

export const reserveStockRequest = z
  .object({
    orderId: uuidField,
    userId: uuidField.optional(),
    ttlSeconds: quantityField.optional(),
    lines,
  })
  .transform(({ lines: items, ...order }) => ({ items, ...order }));

export const commitReservationRequest = z.object({
  reservationId: uuidField,
  quantity: quantityField.optional(),
});

export const cancelReservationRequest = z.object({
  reservationId: uuidField,
  reason: textField(255).optional(),
});

export const updateStockRequest = z.preprocess(
  toChange,
  z
    .object({
      item: itemReference,
      newQuantity: count.optional(),
      quantityChange: quantityChange.optional(),
      expectedQuantity: count.optional(),
      reason: textField(255).optional(),
      reference: textField(100).optional(),
    })
    .refine((request) => (request.newQuantity ?? request.quantityChange) !== undefined, {
      path: ['change'],
      error: 'one of new_quantity and quantity_change is needed',
    }),
);

function toChange(message: unknown): unknown {
  const { change, ...fields } = message as { change?: { $case: string; value: number } };
  return change === undefined ? fields : { ...fields, [change.$case]: change.value };
}
