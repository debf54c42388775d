import { defineRoute, type Route, uuidField, z } from '@inventory-events/service-runtime/api';
import { answerJson } from '@inventory-events/service-runtime/http';
import type { Caller } from '../commands/caller';
import { callerOf } from '../http/caller-of';
import { idempotencyHeaders } from '../http/idempotency-headers';
import type { Reservations } from '../reservations/reservations';
import type { Inventory } from '../stock/inventory';
import type { Stock } from '../stock/stock';
import {
  productInventorySchema,
  reservedSchema,
  reserveRequestSchema,
  updatedSchema,
  updateRequestSchema,
} from './product-inventory-schemas';

const tag = 'Product inventory';

export interface ProductInventoryDeps {
  readonly stock: Stock;
  readonly reservations: Reservations;
}

/** For callers that know products alone: three paths and names of their own, the same use cases. */
export function productInventoryRoutes({ stock, reservations }: ProductInventoryDeps): Route[] {
  return [updateRoute(stock), readRoute(stock), reserveRoute(reservations)];
}

function updateRoute(stock: Stock): Route {
  return defineRoute({
    method: 'put',
    path: '/inventory/update',
    tag,
    summary: 'Set how many units of a product are on hand, or change it by so many',
    description:
      'Of a product with several stock entries, variant_id and warehouse_id tell which is meant.',
    role: 'operator',
    request: { headers: idempotencyHeaders, body: updateRequestSchema },
    response: { description: 'Done.', schema: updatedSchema },
    problems: {
      404: 'There is no stock entry for the product.',
      409: 'Orders hold more than would be left.',
      422: 'The idempotency key was used for another request.',
    },
    async handle({ body, request, response }) {
      const updated = await update(stock, body, callerOf(request, response));
      const { productId, quantityTotal, quantityReserved, quantityAvailable } = updated;
      return {
        message: 'Inventory updated.',
        product_id: productId,
        quantity: quantityTotal,
        reserved: quantityReserved,
        available: quantityAvailable,
      };
    },
  });
}

function update(
  stock: Stock,
  body: z.output<typeof updateRequestSchema>,
  caller: Caller,
): Promise<Inventory> {
  const { quantity, operation, order_id: reference } = body;
  const item = toReference(body);
  if (operation === 'set') return stock.update(item, { quantity, reference }, caller);
  const quantityChange = operation === 'add' ? quantity : -quantity;
  return stock.adjust(item, { quantityChange, reason: 'ADJUSTMENT', reference }, caller);
}

function readRoute(stock: Stock): Route {
  return defineRoute({
    method: 'get',
    path: '/inventory/{product_id}',
    tag,
    summary: 'The current stock of a product',
    role: 'viewer',
    request: { path: z.object({ product_id: uuidField }) },
    response: { description: 'What there is of it.', schema: productInventorySchema },
    async handle({ path: { product_id } }) {
      const summary = await stock.ofProduct(product_id);
      return {
        product_id,
        quantity: summary.quantityTotal,
        reserved: summary.quantityReserved,
        available: summary.quantityAvailable,
      };
    },
  });
}

function reserveRoute(reservations: Reservations): Route {
  return defineRoute({
    method: 'post',
    path: '/inventory/reserve',
    tag,
    summary: 'Hold units of a product for an order that is not completed yet',
    description:
      'Idempotent by order and product: the same again is answered with what is held, with 200; ' +
      'another quantity replaces it. Other products that the order holds stay held. What is not ' +
      'bought in time is released.',
    role: 'operator',
    request: { headers: idempotencyHeaders, body: reserveRequestSchema },
    response: { status: 201, description: 'Held.', schema: reservedSchema },
    problems: {
      404: 'There is no stock entry for the product.',
      409: 'There is too little of it.',
      422: 'The idempotency key was used for another request.',
    },
    async handle({ body, request, response }) {
      const { order_id, product_id, user_id, ttl_seconds, quantity } = body;
      const order = { orderId: order_id, userId: user_id, ttlSeconds: ttl_seconds };
      const items = [{ ...toReference(body), quantity }];
      const caller = callerOf(request, response);
      const held = await reservations.reserve({ ...order, items, scope: 'items' }, caller);
      const [reservation] = held.reservations;
      answerJson(response, held.isNew ? 201 : 200, {
        message: 'Inventory reserved.',
        order_id,
        product_id,
        reservation_id: reservation?.reservationId,
        quantity: reservation?.quantity,
        status: held.status,
        expires_at: held.expiresAt,
      });
      return undefined;
    },
  });
}

function toReference(body: { product_id: string; variant_id?: string; warehouse_id?: string }) {
  return {
    productId: body.product_id,
    variantId: body.variant_id,
    warehouseId: body.warehouse_id,
  };
}
