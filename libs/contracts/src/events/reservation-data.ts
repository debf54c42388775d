import { itemData } from '../envelope/item-data';
import { uuidSchema } from '../values/uuid-schema';

/** What every event of a reservation says beside its quantities. */
export const reservationData = {
  ...itemData,
  orderId: uuidSchema,
  /** Who initiated the action, where known. */
  userId: uuidSchema.optional(),
  reservationId: uuidSchema.optional(),
};
