import { z } from 'zod';

import { MAX_CORRELATION_ID_LENGTH } from '../values/text-schema';
import { timestampSchema } from '../values/timestamp-schema';
import { uuidSchema } from '../values/uuid-schema';

export const SOURCE_SERVICE = 'InventoryService';

/** What this package's producer writes. A consumer accepts every 1.x: minors only add fields. */
export const EVENT_VERSION = '1.0';

const VERSION_1 = /^1\.\d{1,4}$/;

/** The fields around `data` that every published event has, whatever its type. */
export const envelopeSchema = z.object({
  /** Unique per event and stable when the event is published again. */
  eventId: uuidSchema,
  eventType: z.string().min(1).max(100),
  eventVersion: z.string().regex(VERSION_1, 'must be a version 1.x'),
  /** When the event was generated, by the database's clock. */
  timestamp: timestampSchema,
  sourceService: z.literal(SOURCE_SERVICE),
  /** Carried from the message or request that caused the event. A UUID unless the sender chose otherwise. */
  correlationId: z.string().min(1).max(MAX_CORRELATION_ID_LENGTH),
  data: z.unknown(),
});

export type Envelope = z.output<typeof envelopeSchema>;

/** The envelope of one event type, with the schema of its `data`. */
export function eventSchema<const Type extends string, Data extends z.ZodType>(
  eventType: Type,
  data: Data,
) {
  return envelopeSchema.extend({ eventType: z.literal(eventType), data });
}
