import { defineRoute, type Route, uuidField, z } from '@inventory-events/service-runtime/api';
import { callerOf } from '../http/caller-of';
import { idempotencyHeaders } from '../http/idempotency-headers';
import {
  extendRequestSchema,
  orderCancelRequestSchema,
  orderCommitRequestSchema,
  orderReservationsSchema,
} from './reservation-schemas';
import type { Reservations } from './reservations';

const tag = 'Reservations';

const path = z.object({ orderId: uuidField });
const response = {
  description: 'The reservations as they are then.',
  schema: orderReservationsSchema,
};

const problems = {
  409: 'The reservations have ended otherwise, or the idempotency key is in use.',
  422: 'The idempotency key was used for another request.',
};

/** All that an order holds, at once. */
export function orderReservationRoutes(reservations: Reservations): Route[] {
  const read = defineRoute({
    method: 'get',
    path: '/api/v1/reservations/order/{orderId}',
    tag,
    summary: 'Everything that an order ever held, the newest thousand',
    role: 'viewer',
    request: { path },
    response: { description: 'The reservations of the order.', schema: orderReservationsSchema },
    handle: (input) => reservations.ofOrder(input.path.orderId),
  });
  const commit = defineRoute({
    method: 'post',
    path: '/api/v1/reservations/order/{orderId}/commit',
    tag,
    summary: 'Sell all that an order holds, or nothing',
    role: 'operator',
    request: { path, headers: idempotencyHeaders, body: orderCommitRequestSchema },
    response,
    problems,
    handle: (input) => reservations.commit(input.path, callerOf(input.request, input.response)),
  });
  const cancel = defineRoute({
    method: 'post',
    path: '/api/v1/reservations/order/{orderId}/cancel',
    tag,
    summary: 'Release all that an order holds',
    role: 'operator',
    request: { path, headers: idempotencyHeaders, body: orderCancelRequestSchema },
    response,
    problems,
    handle: (input) =>
      reservations.cancel(
        { ...input.path, ...input.body },
        callerOf(input.request, input.response),
      ),
  });
  const extend = defineRoute({
    method: 'post',
    path: '/api/v1/reservations/order/{orderId}/extend',
    tag,
    summary: 'Hold all that an order holds for so long from now',
    role: 'operator',
    request: { path, headers: idempotencyHeaders, body: extendRequestSchema },
    response,
    problems,
    handle: (input) =>
      reservations.extend(
        { ...input.path, ...input.body },
        callerOf(input.request, input.response),
      ),
  });
  return [read, commit, cancel, extend];
}
