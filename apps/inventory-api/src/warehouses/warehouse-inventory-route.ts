import { listInventory } from '@inventory-events/data-access';
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
import type { Database } from '../database';
import { inventorySchema } from '../stock/stock-schemas';
import { toInventory } from '../stock/to-inventory';
import type { Warehouses } from './warehouse';

export interface WarehouseInventoryDeps {
  readonly pool: Database;
  readonly warehouses: Warehouses;
}

export function warehouseInventoryRoute({ pool, warehouses }: WarehouseInventoryDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/warehouses/{id}/inventory',
    tag: 'Warehouses',
    summary: 'The stock entries of a warehouse',
    role: 'viewer',
    request: {
      path: z.object({ id: uuidField }),
      query: z.strictObject({
        limit: limitField({ max: 1_000, initial: 50 }),
        cursor: idCursorField,
      }),
    },
    response: { description: 'A page of entries.', schema: listAnswerSchema(inventorySchema) },
    async handle({ path: { id: warehouseId }, query: { limit, cursor } }) {
      const page = { filter: { warehouseId }, afterId: cursor, limit: limit + 1 };
      const rows = await listInventory(pool, page);
      // Stock may lie where no warehouse is registered; where there is neither, nothing is known.
      if (rows.length === 0) await warehouses.get(warehouseId);
      return toListAnswer(rows, {
        limit,
        toItem: toInventory,
        toCursor: (row) => toIdCursor(row.id),
      });
    },
  });
}
