import type { AuditEvent, EventFilter } from '@inventory-events/data-access';
import { AppError } from '@inventory-events/errors';
import { principalOf } from '@inventory-events/service-runtime/http';
import { defineRoute, type Route, z } from '@inventory-events/service-runtime/api';
import { streamFilterFields, toEventFilter } from '../events/event-filter';
import type { StreamHub } from './create-stream-hub';
import { parseStreamPosition, type StreamPosition } from './stream-position';

const { productId, variantId, warehouseId, type } = streamFilterFields;

const description = `Server-sent events: each \`data\` is an event as in the list, each \`id\` a
position. A client that connects again with \`Last-Event-ID\` gets everything since; an event may
come twice (compare \`id\` in the data), none is left out. The events of an item come in the order of
their sequence. \`Last-Event-ID\` may also be an event's id alone.`;

export function streamRoute({ hub }: { readonly hub: StreamHub }): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/events/stream',
    tag: 'Events',
    summary: 'Events as they are committed',
    description,
    role: 'viewer',
    request: {
      query: z.strictObject({ productId, variantId, warehouseId, type }),
      headers: z.object({ 'last-event-id': z.string().optional() }),
    },
    response: { description: 'Events until the client leaves.', contentType: 'text/event-stream' },
    async handle({ query, request, response }) {
      const position = positionOf(request.get('last-event-id'));
      if (request.method === 'HEAD') {
        response.type('text/event-stream').end();
        return undefined;
      }
      await hub.serve({
        response,
        position,
        accepts: matcherOf(toEventFilter(query)),
        expiresAtMs: principalOf(response).expiresAtMs,
      });
      return undefined;
    },
  });
}

function positionOf(header: string | undefined): StreamPosition | undefined {
  if (header === undefined || header === '') return undefined;
  const position = parseStreamPosition(header);
  if (position === undefined) {
    throw new AppError('INVALID_REQUEST', 'Last-Event-ID is not a position of this stream.');
  }
  return position;
}

function matcherOf(filter: EventFilter): (event: AuditEvent) => boolean {
  const { types } = filter;
  return (event) =>
    (types === undefined || types.includes(event.eventType)) &&
    (filter.productId === undefined || filter.productId === event.productId) &&
    (filter.variantId === undefined || filter.variantId === event.variantId) &&
    (filter.warehouseId === undefined || filter.warehouseId === event.warehouseId);
}
