import { defineRoute, type Route, uuidField, z } from '@inventory-events/service-runtime/api';
import { answerJsonText } from '@inventory-events/service-runtime/http';
import { lineSchema, quantityField } from '../http/line-fields';
import { MAX_LINES } from '../reservations/create-reserve';
import { reservationLineSchema } from '../reservations/reservation-schemas';
import type { Availability, LineAvailability } from './availability';
import { lineAvailabilityJson } from './line-availability-json';

const tag = 'Availability';
const MAX_BODY_BYTES = 512 * 1024;

const id = z.string().openapi({ format: 'uuid' });

const lineAvailabilitySchema = z
  .object({
    inventoryId: id.nullable(),
    productId: id.nullable(),
    variantId: id.nullable(),
    warehouseId: id.nullable(),
    sku: z.string().nullable(),
    itemCount: z.number().int().openapi({ description: 'Stock entries named, summed up.' }),
    requested: z.number().int(),
    quantityAvailable: z.number().int(),
    available: z
      .boolean()
      .openapi({ description: 'Enough for this line and all others of the same.' }),
    reason: z.enum(['INSUFFICIENT_STOCK', 'PRODUCT_NOT_FOUND', 'PRODUCT_DISCONTINUED']).nullable(),
  })
  .openapi('LineAvailability');

const checkSchema = z.strictObject({
  items: z.array(reservationLineSchema).min(1).max(MAX_LINES),
});

const bulkLineSchema = lineSchema(quantityField.default(1)).openapi('AvailabilityLine');

const bulkSchema = z
  .strictObject({
    items: z.array(bulkLineSchema).max(MAX_LINES).default([]),
    productIds: z.array(uuidField).max(MAX_LINES).default([]),
  })
  .superRefine(({ items, productIds }, context) => {
    const count = items.length + productIds.length;
    if (count >= 1 && count <= MAX_LINES) return;
    const message = `must be 1 to ${MAX_LINES} lines and product ids together`;
    context.addIssue({ code: 'custom', path: ['items'], message });
  });

/** What could be reserved, for one order and for pages of products. */
export function availabilityRoutes(availability: Availability): Route[] {
  const check = defineRoute({
    method: 'post',
    path: '/api/v1/availability/check',
    tag,
    summary: 'Whether an order could be reserved now, and each of its lines',
    description:
      'By the rules of a reservation: lines of one stock entry add up, and what expired holds ' +
      'still keep is available. Nothing is held.',
    role: 'viewer',
    request: { body: checkSchema },
    response: {
      description: 'In the order of the lines.',
      schema: z.object({ available: z.boolean(), items: z.array(lineAvailabilitySchema) }),
    },
    maxBodyBytes: MAX_BODY_BYTES,
    async handle({ body, response }) {
      const { available, lines } = await availability.check(body.items);
      answerJsonText(response, 200, `{"available":${available},"items":${linesJson(lines)}}`);
    },
  });
  const bulk = defineRoute({
    method: 'post',
    path: '/api/v1/availability/bulk',
    tag,
    summary: 'What is available of many products, each by itself',
    description:
      'A line that names several stock entries, as a product in several warehouses does, is ' +
      'answered with their sum. Lines first, then product ids, of which one unit is asked for.',
    role: 'viewer',
    request: { body: bulkSchema },
    response: {
      description: 'In the order of the lines, then of the product ids.',
      schema: z.object({ items: z.array(lineAvailabilitySchema) }),
    },
    maxBodyBytes: MAX_BODY_BYTES,
    async handle({ body: { items, productIds }, response }) {
      const products = productIds.map((productId) => ({ productId, quantity: 1 }));
      const lines = await availability.checkEach([...items, ...products]);
      answerJsonText(response, 200, `{"items":${linesJson(lines)}}`);
    },
  });
  return [check, bulk];
}

function linesJson(lines: readonly LineAvailability[]): string {
  return `[${lines.map(lineAvailabilityJson).join(',')}]`;
}
