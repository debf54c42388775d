import {
  defineRoute,
  eventCursorField as idCursorField,
  limitField,
  listAnswerSchema,
  type Route,
  textField,
  toEventCursor as toIdCursor,
  toListAnswer,
  uuidField,
  z,
} from '@inventory-events/service-runtime/api';
import { callerOf } from '../http/caller-of';
import { idempotencyHeaders } from '../http/idempotency-headers';
import type { Warehouses } from './warehouse';
import {
  warehouseCreationSchema,
  warehouseSchema,
  warehouseUpdateSchema,
} from './warehouse-schemas';

const tag = 'Warehouses';
const path = z.object({ id: uuidField });
const TAKEN = 'Another warehouse has this code (ALREADY_EXISTS).';

export interface WarehouseRoutesDeps {
  readonly warehouses: Warehouses;
}

export function warehouseRoutes({ warehouses }: WarehouseRoutesDeps): Route[] {
  return [...readRoutes(warehouses), ...writeRoutes(warehouses)];
}

function readRoutes(warehouses: Warehouses): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/warehouses',
    tag,
    summary: 'Warehouses, in the order in which they were made',
    role: 'viewer',
    request: {
      query: z.strictObject({
        region: textField(50).optional(),
        active: z.enum(['true', 'false']).optional(),
        limit: limitField({ max: 500, initial: 50 }),
        cursor: idCursorField,
      }),
    },
    response: { description: 'A page of them.', schema: listAnswerSchema(warehouseSchema) },
    async handle({ query: { region, active, limit, cursor } }) {
      const isActive = active === undefined ? undefined : active === 'true';
      const page = { region, isActive, afterId: cursor, limit: limit + 1 };
      return toListAnswer(await warehouses.list(page), {
        limit,
        toItem: (warehouse) => warehouse,
        toCursor: (warehouse) => toIdCursor(warehouse.warehouseId),
      });
    },
  });
  const one = defineRoute({
    method: 'get',
    path: '/api/v1/warehouses/{id}',
    tag,
    summary: 'One warehouse',
    role: 'viewer',
    request: { path },
    response: { description: 'The warehouse.', schema: warehouseSchema },
    handle: (input) => warehouses.get(input.path.id),
  });
  return [list, one];
}

function writeRoutes(warehouses: Warehouses): Route[] {
  const create = defineRoute({
    method: 'post',
    path: '/api/v1/warehouses',
    tag,
    summary: 'Register a warehouse',
    role: 'admin',
    request: { headers: idempotencyHeaders, body: warehouseCreationSchema },
    response: { status: 201, description: 'It is registered.', schema: warehouseSchema },
    problems: { 409: TAKEN, 422: 'The idempotency key was used for another request.' },
    async handle({ body, request, response }) {
      const warehouse = await warehouses.create(body, callerOf(request, response));
      response.setHeader('Location', `/api/v1/warehouses/${warehouse.warehouseId}`);
      return warehouse;
    },
  });
  const update = defineRoute({
    method: 'put',
    path: '/api/v1/warehouses/{id}',
    tag,
    summary: 'Change a warehouse',
    description:
      'Stock stays in a warehouse that is deactivated; no new stock entry is made there.',
    role: 'admin',
    request: { path, body: warehouseUpdateSchema },
    response: { description: 'The warehouse as it is now.', schema: warehouseSchema },
    problems: { 409: TAKEN },
    handle: (input) => warehouses.update(input.path.id, input.body),
  });
  const remove = defineRoute({
    method: 'delete',
    path: '/api/v1/warehouses/{id}',
    tag,
    summary: 'Remove a warehouse in which there never was stock',
    role: 'admin',
    request: { path },
    response: { status: 204, description: 'It is removed.' },
    problems: { 409: 'There is or was stock in it (WAREHOUSE_IN_USE): deactivate it instead.' },
    async handle(input) {
      await warehouses.remove(input.path.id);
      input.response.status(204).end();
      return undefined;
    },
  });
  return [create, update, remove];
}
