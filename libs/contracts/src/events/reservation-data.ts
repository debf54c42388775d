import { itemData } from '../envelope/item-data';
import { uuidSchema } from '../values/uuid-schema';

/** What every event about an order's stock says beside its quantities. */
export const orderData = {
  ...itemData,
  orderId: uuidSchema,
  /** Who initiated the action, where known. */
  userId: uuidSchema.optional(),
};

/** The same for a reservation that exists. */
export const reservationData = {
  ...orderData,
  reservationId: uuidSchema.optional(),
};
