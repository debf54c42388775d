import { defineRoute, type Route, uuidField, z } from '@inventory-events/service-runtime/api';
import { callerOf } from '../../http/caller-of';
import { idempotencyHeaders } from '../../http/idempotency-headers';
import {
  inventorySchema,
  stockAdjustmentSchema,
  stockCreationSchema,
  stockUpdateSchema,
} from '../stock-schemas';
import type { Stock } from '../stock';
import { expectedVersionOf, ifMatchHeaders, setETag } from './etag';

const tag = 'Inventory';
const REUSED = 'The idempotency key was used for another request.';

/** One entry: made, changed, adjusted. */
export function stockWriteRoutes({ stock }: { readonly stock: Stock }): Route[] {
  const create = defineRoute({
    method: 'post',
    path: '/api/v1/inventory',
    tag,
    summary: 'Make a stock entry',
    description:
      'Of a product or variant, in a warehouse that is registered and active, or in none.',
    role: 'operator',
    request: { headers: idempotencyHeaders, body: stockCreationSchema },
    response: { status: 201, description: 'It was made.', schema: inventorySchema },
    problems: {
      404: 'There is no such warehouse.',
      409: 'There is an entry already (ALREADY_EXISTS), or the warehouse is not active.',
      422: REUSED,
    },
    async handle({ body, request, response }) {
      const inventory = await stock.create(body, callerOf(request, response));
      response.setHeader('Location', `/api/v1/inventory/${inventory.inventoryId}`);
      setETag(response, inventory);
      return inventory;
    },
  });
  const update = defineRoute({
    method: 'put',
    path: '/api/v1/inventory/{id}',
    tag,
    summary: 'Change a stock entry',
    role: 'operator',
    request: {
      path: z.object({ id: uuidField }),
      headers: idempotencyHeaders.extend(ifMatchHeaders.shape),
      body: stockUpdateSchema,
    },
    response: { description: 'The entry as it is now.', schema: inventorySchema },
    problems: {
      409: 'Not what was expected (STALE), or fewer than are reserved (BELOW_RESERVED).',
      412: 'It was changed since (PRECONDITION_FAILED).',
      422: REUSED,
    },
    async handle({ path, headers, body, request, response }) {
      const expectedVersion = expectedVersionOf(headers['if-match']);
      const inventory = await stock.update(
        { inventoryId: path.id },
        { ...body, expectedVersion },
        callerOf(request, response),
      );
      setETag(response, inventory);
      return inventory;
    },
  });
  const adjust = defineRoute({
    method: 'post',
    path: '/api/v1/inventory/{id}/adjust',
    tag,
    summary: 'Add units to a stock entry, or take some from it',
    role: 'operator',
    request: {
      path: z.object({ id: uuidField }),
      headers: idempotencyHeaders,
      body: stockAdjustmentSchema,
    },
    response: { description: 'The entry as it is now.', schema: inventorySchema },
    problems: {
      409: 'Fewer are on hand (INSUFFICIENT_STOCK), too many are promised (BELOW_RESERVED), …',
      422: REUSED,
    },
    async handle({ path, body, request, response }) {
      const caller = callerOf(request, response);
      const inventory = await stock.adjust({ inventoryId: path.id }, body, caller);
      setETag(response, inventory);
      return inventory;
    },
  });
  return [create, update, adjust];
}
