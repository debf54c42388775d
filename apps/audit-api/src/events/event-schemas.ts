import { z } from '@inventory-events/service-runtime/api';

const id = z.string().openapi({ format: 'uuid' });

export const auditEventSchema = z
  .object({
    id: id.openapi({ description: 'The eventId of the published event (UUIDv7).' }),
    eventType: z.string(),
    createdAt: z.string().openapi({ format: 'date-time' }),
    productId: id,
    variantId: id.nullable(),
    warehouseId: id.nullable(),
    itemId: id,
    sku: z.string().nullable(),
    sequence: z.number().int().openapi({ description: 'Gap-free per item.' }),
    previousQuantity: z.number().int().nullable(),
    newQuantity: z.number().int().nullable(),
    lowStockThreshold: z.number().int().nullable(),
    thresholdSource: z.enum(['message', 'item', 'rule', 'default']).nullable(),
    ruleId: id.nullable(),
    cause: z.string().openapi({ description: 'The type of the command that caused it.' }),
    causeMessageId: id.nullable(),
    correlationId: z.string(),
    data: z.unknown().openapi({ description: '`data` of the published event.' }),
  })
  .openapi('AuditEvent');

export const movementSchema = z
  .object({
    id,
    type: z.enum(['INBOUND', 'OUTBOUND', 'ADJUSTMENT', 'TRANSFER', 'RETURN', 'DAMAGE']),
    quantity: z.number().int().openapi({ description: 'Signed.' }),
    quantityAfter: z.number().int(),
    reason: z.string().nullable(),
    reference: z.string().nullable(),
    performedBy: id.nullable(),
    reportedPreviousQuantity: z.number().int().nullable(),
  })
  .openapi('Movement');

export const timelineEntrySchema = auditEventSchema
  .extend({
    quantityChange: z.number().int().nullable(),
    movements: z.array(movementSchema).openapi({
      description: 'What the cause of the event moved on its item.',
    }),
  })
  .openapi('TimelineEntry');
