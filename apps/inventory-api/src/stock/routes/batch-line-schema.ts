import { z } from '@inventory-events/service-runtime/api';
import { itemReferenceFields, NAMES_NOTHING, namesAnItem } from '../../items/item-reference-fields';
import {
  annotationFields,
  changeReasonField,
  countField,
  expectedQuantityField,
  quantityChangeField,
} from '../stock-schemas';

export const stockBatchLineSchema = z
  .strictObject({
    ...itemReferenceFields,
    quantity: countField.optional().openapi({ description: 'On hand from now on.' }),
    quantityChange: quantityChangeField.optional(),
    expectedQuantity: expectedQuantityField.optional(),
    reason: changeReasonField.optional(),
    ...annotationFields,
  })
  .refine(namesAnItem, NAMES_NOTHING)
  .refine(
    ({ quantity, quantityChange }) => (quantity === undefined) !== (quantityChange === undefined),
    'must have either a quantity or a quantityChange',
  )
  .openapi('InventoryBatchLine', {
    description:
      'Names its stock entry by inventoryId, by sku or by productId; all that is named has to ' +
      'fit. Sets its quantity or changes it.',
  });
