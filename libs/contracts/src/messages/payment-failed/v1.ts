import { z } from 'zod';

import { optionalField } from '../../values/optional-field';
import { timestampSchema } from '../../values/timestamp-schema';
import { uuidSchema } from '../../values/uuid-schema';
import { correlationIdField, eventIdField, reasonField, userIdField } from '../message-fields';

/** `payment.failed`: cancel the order's reservations. */
export const paymentFailedSchema = z.object({
  eventId: eventIdField,
  orderId: uuidSchema,
  paymentId: optionalField(uuidSchema),
  userId: userIdField,
  reason: reasonField,
  timestamp: optionalField(timestampSchema),
  correlationId: correlationIdField,
});

export type PaymentFailed = z.output<typeof paymentFailedSchema>;
