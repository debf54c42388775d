import { listInventory, listMovements, type StoredMovement } from '@inventory-events/data-access';
import {
  defineRoute,
  eventCursorField as idCursorField,
  limitField,
  listAnswerSchema,
  type Route,
  toEventCursor as toIdCursor,
  toListAnswer,
  uuidField,
  z,
} from '@inventory-events/service-runtime/api';
import type { Database } from '../../database';
import { inventorySchema, movementSchema, skuField, statusField } from '../stock-schemas';
import type { Movement, Stock } from '../stock';
import { toInventory } from '../to-inventory';

const tag = 'Inventory';

const pageFields = { limit: limitField({ max: 1_000, initial: 50 }), cursor: idCursorField };

const listQuery = z.strictObject({
  productId: uuidField.optional(),
  variantId: uuidField.optional(),
  warehouseId: uuidField.optional(),
  sku: skuField.optional(),
  status: statusField.optional(),
  lowStock: z.enum(['true', 'false']).optional().openapi({
    description: 'True: only what is LOW_STOCK or OUT_OF_STOCK.',
  }),
  ...pageFields,
});

export interface ListRoutesDeps {
  readonly pool: Database;
  readonly stock: Stock;
}

/** Lists come from PostgreSQL, past the cache. */
export function stockListRoutes({ pool, stock }: ListRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/inventory',
    tag,
    summary: 'Stock entries, in the order in which they were made',
    role: 'viewer',
    request: { query: listQuery },
    response: { description: 'A page of entries.', schema: listAnswerSchema(inventorySchema) },
    async handle({ query: { limit, cursor, lowStock, status, ...same } }) {
      const statuses = statusesOf(status, lowStock === 'true');
      const filter = { ...same, statuses };
      const rows = await listInventory(pool, { filter, afterId: cursor, limit: limit + 1 });
      return toListAnswer(rows, {
        limit,
        toItem: toInventory,
        toCursor: (row) => toIdCursor(row.id),
      });
    },
  });
  const movements = defineRoute({
    method: 'get',
    path: '/api/v1/inventory/{id}/movements',
    tag,
    summary: 'What moved the stock of an entry, newest first',
    role: 'viewer',
    request: { path: z.object({ id: uuidField }), query: z.strictObject(pageFields) },
    response: { description: 'A page of movements.', schema: listAnswerSchema(movementSchema) },
    async handle({ path: { id: itemId }, query: { limit, cursor } }) {
      const rows = await listMovements(pool, { itemId, beforeId: cursor, limit: limit + 1 });
      // Movements may be gone with their time; whether the entry is there says the entry.
      if (rows.length === 0) await stock.read({ inventoryId: itemId });
      return toListAnswer(rows, {
        limit,
        toItem: toMovement,
        toCursor: (row) => toIdCursor(row.id),
      });
    },
  });
  return [list, movements];
}

type Status = z.output<typeof statusField>;

function statusesOf(status: Status | undefined, isLow: boolean): Status[] | undefined {
  const low: Status[] = ['LOW_STOCK', 'OUT_OF_STOCK'];
  if (status === undefined) return isLow ? low : undefined;
  return !isLow || low.includes(status) ? [status] : [];
}

function toMovement({ createdAt, ...movement }: StoredMovement): Movement {
  return { ...movement, at: createdAt.toISOString() };
}
