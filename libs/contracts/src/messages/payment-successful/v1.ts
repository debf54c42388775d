import { z } from 'zod';

import { optionalField } from '../../values/optional-field';
import { timestampSchema } from '../../values/timestamp-schema';
import { uuidSchema } from '../../values/uuid-schema';
import { correlationIdField, eventIdField, userIdField } from '../message-fields';

/** `payment.successful`: commit the order's reservations. */
export const paymentSuccessfulSchema = z.object({
  eventId: eventIdField,
  orderId: uuidSchema,
  paymentId: optionalField(uuidSchema),
  userId: userIdField,
  timestamp: optionalField(timestampSchema),
  correlationId: correlationIdField,
});

export type PaymentSuccessful = z.output<typeof paymentSuccessfulSchema>;
