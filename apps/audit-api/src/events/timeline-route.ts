import {
  listEvents,
  listMovementsOfEvents,
  type AuditEvent,
  type AuditMovement,
} from '@inventory-events/data-access';
import {
  assertTimeRange,
  defineRoute,
  eventCursorField,
  limitField,
  listAnswerSchema,
  type Route,
  toEventCursor,
  toListAnswer,
  uuidField,
  z,
} from '@inventory-events/service-runtime/api';
import type { Database } from '../database';
import { groupBy } from '../group-by';
import { streamFilterFields, timeRangeFields, toEventFilter } from './event-filter';
import { timelineEntrySchema } from './event-schemas';

const { variantId, warehouseId, type } = streamFilterFields;

const timelineQuery = z
  .strictObject({
    variantId,
    warehouseId,
    type,
    ...timeRangeFields,
    order: z.enum(['oldestFirst', 'newestFirst']).default('oldestFirst'),
    limit: limitField({ max: 500, initial: 50 }),
    cursor: eventCursorField,
  })
  .superRefine(assertTimeRange);

/** What happened to a product: each event with the numbers before and after and what moved. */
export function timelineRoute({ pool }: { readonly pool: Database }): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/products/{productId}/timeline',
    tag: 'Events',
    summary: "A product's events with the quantities and movements behind them",
    role: 'viewer',
    request: { path: z.object({ productId: uuidField }), query: timelineQuery },
    response: { description: 'A page of events.', schema: listAnswerSchema(timelineEntrySchema) },
    async handle({ path, query }) {
      const { limit, cursor, order } = query;
      const filter = { ...toEventFilter(query), productId: path.productId };
      const events = await listEvents(pool, { filter, order, afterId: cursor, limit: limit + 1 });
      const movements = await listMovementsOfEvents(pool, events.slice(0, limit));
      const byCause = groupBy(movements, causeKey);
      return toListAnswer(events, {
        limit,
        toItem: (event) => toTimelineEntry(event, byCause.get(causeKey(event)) ?? []),
        toCursor: (event) => toEventCursor(event.id),
      });
    },
  });
}

function causeKey(of: AuditEvent | AuditMovement): string {
  return `${of.itemId} ${of.causeMessageId}`;
}

function toTimelineEntry(event: AuditEvent, movements: readonly AuditMovement[]) {
  const { previousQuantity, newQuantity } = event;
  const hasBoth = previousQuantity !== null && newQuantity !== null;
  return {
    ...event,
    quantityChange: hasBoth ? newQuantity - previousQuantity : null,
    movements: movements.map(({ itemId: _, causeMessageId: __, ...movement }) => movement),
  };
}
