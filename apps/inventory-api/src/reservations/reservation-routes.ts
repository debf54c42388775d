import { defineRoute, type Route, uuidField, z } from '@inventory-events/service-runtime/api';
import { answerJson } from '@inventory-events/service-runtime/http';
import { callerOf } from '../http/caller-of';
import { idempotencyHeaders } from '../http/idempotency-headers';
import {
  cancelRequestSchema,
  changedReservationSchema,
  commitRequestSchema,
  extendRequestSchema,
  orderReservationsSchema,
  reservationRequestSchema,
  reservationSchema,
} from './reservation-schemas';
import type { OrderReservations, Reservations } from './reservations';

const tag = 'Reservations';
const MAX_BODY_BYTES = 512 * 1024;

const path = z.object({ id: uuidField });
const changed = { description: 'The reservation as it is then.', schema: changedReservationSchema };

const PROBLEMS = {
  409: 'The reservation has ended otherwise, or the idempotency key is in use.',
  422: 'The idempotency key was used for another request.',
};

/** Reservations one by one, and how they come to be. */
export function reservationRoutes(reservations: Reservations): Route[] {
  return [
    reserveRoute(reservations),
    getRoute(reservations),
    commitRoute(reservations),
    cancelRoute(reservations),
    extendRoute(reservations),
  ];
}

function reserveRoute(reservations: Reservations): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/reservations',
    tag,
    summary: 'Hold stock for an order, all of its lines or none',
    description:
      'Lines of one stock entry add up to one reservation. Idempotent by order, too: where the ' +
      'order holds the same lines already, the answer is what it holds, with 200; other lines ' +
      'replace what it holds, and where they fail it stays.',
    role: 'operator',
    request: { headers: idempotencyHeaders, body: reservationRequestSchema },
    response: {
      status: 201,
      description: 'What the order holds.',
      schema: orderReservationsSchema,
    },
    problems: {
      404: 'There is no stock entry for some of it; `shortages` names those.',
      409: '`shortages` names every item of which there is too little.',
      422: PROBLEMS[422],
    },
    maxBodyBytes: MAX_BODY_BYTES,
    async handle({ body, request, response }) {
      const answer = await reservations.reserve(body, callerOf(request, response));
      const { isNew, ...held } = answer;
      answerJson(response, isNew ? 201 : 200, held);
      return undefined;
    },
  });
}

function getRoute(reservations: Reservations): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/reservations/{id}',
    tag,
    summary: 'One reservation',
    role: 'viewer',
    request: { path },
    response: { description: 'The reservation.', schema: reservationSchema },
    handle: (input) => reservations.get(input.path.id),
  });
}

function commitRoute(reservations: Reservations): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/reservations/{id}/commit',
    tag,
    summary: 'Sell what is held, or a part of it',
    description: 'What was sold already is answered as such, unless another quantity is asked for.',
    role: 'operator',
    request: { path, headers: idempotencyHeaders, body: commitRequestSchema },
    response: changed,
    problems: PROBLEMS,
    async handle({ path: { id }, body, request, response }) {
      const caller = callerOf(request, response);
      return toChanged(await reservations.commit({ reservationId: id, ...body }, caller));
    },
  });
}

function cancelRoute(reservations: Reservations): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/reservations/{id}/cancel',
    tag,
    summary: 'Release what is held, or a part of it',
    description: 'What was cancelled or has expired already is answered as such.',
    role: 'operator',
    request: { path, headers: idempotencyHeaders, body: cancelRequestSchema },
    response: changed,
    problems: PROBLEMS,
    async handle({ path: { id }, body, request, response }) {
      const caller = callerOf(request, response);
      return toChanged(await reservations.cancel({ reservationId: id, ...body }, caller));
    },
  });
}

function extendRoute(reservations: Reservations): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/reservations/{id}/extend',
    tag,
    summary: 'Hold for so long from now, never shorter than before',
    role: 'operator',
    request: { path, headers: idempotencyHeaders, body: extendRequestSchema },
    response: changed,
    problems: PROBLEMS,
    async handle({ path: { id }, body, request, response }) {
      const caller = callerOf(request, response);
      return toChanged(await reservations.extend({ reservationId: id, ...body }, caller));
    },
  });
}

function toChanged({ orderId, expiresAt, reservations }: OrderReservations) {
  return { ...reservations[0], orderId, expiresAt };
}
