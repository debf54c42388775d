import { uuidField, z } from '@inventory-events/service-runtime/api';
import { quantityField } from '../../http/line-fields';

export const checkStockRequest = z.object({
  productId: uuidField,
  /** A sender's overflow arrives as a negative number. */
  quantity: quantityField,
});

/** Of ReserveStock and of ReleaseStock. */
export const orderLineRequest = z.object({ ...checkStockRequest.shape, orderId: uuidField });
