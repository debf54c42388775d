import { optionalField } from '../values/optional-field';
import {
  MAX_CORRELATION_ID_LENGTH,
  MAX_REASON_LENGTH,
  MAX_SKU_LENGTH,
  printableText,
} from '../values/text-schema';
import { uuidSchema } from '../values/uuid-schema';

/**
 * The AMQP `messageId` stands in for a missing eventId, which only the consumer can see; a
 * malformed one is a mistake of the sender and refused here.
 */
export const eventIdField = optionalField(uuidSchema);

/** Usually a UUID, but any printable id of the sender's tracing is carried along as it is. */
export const correlationIdField = optionalField(printableText(MAX_CORRELATION_ID_LENGTH));

export const skuField = optionalField(printableText(MAX_SKU_LENGTH));

export const reasonField = optionalField(printableText(MAX_REASON_LENGTH));

export const userIdField = optionalField(uuidSchema);
