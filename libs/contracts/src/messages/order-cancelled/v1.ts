import { z } from 'zod';

import { optionalField } from '../../values/optional-field';
import { timestampSchema } from '../../values/timestamp-schema';
import { uuidSchema } from '../../values/uuid-schema';
import { correlationIdField, eventIdField, reasonField, userIdField } from '../message-fields';

/** `order.cancelled`: give the order's reservations back, and restock what was committed. */
export const orderCancelledSchema = z.object({
  eventId: eventIdField,
  orderId: uuidSchema,
  userId: userIdField,
  reason: reasonField,
  timestamp: optionalField(timestampSchema),
  correlationId: correlationIdField,
});

export type OrderCancelled = z.output<typeof orderCancelledSchema>;
