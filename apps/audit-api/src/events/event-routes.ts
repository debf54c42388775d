import { listEvents } from '@inventory-events/data-access';
import { findEvent, type PrismaClient } from '@inventory-events/data-access/prisma';
import { AppError } from '@inventory-events/errors';
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
import { streamFilterFields, timeRangeFields, toEventFilter } from './event-filter';
import { auditEventSchema } from './event-schemas';

const tag = 'Events';

const listQuery = z
  .strictObject({
    ...streamFilterFields,
    ...timeRangeFields,
    limit: limitField({ max: 1_000, initial: 50 }),
    cursor: eventCursorField,
  })
  .superRefine(assertTimeRange);

export interface EventRoutesDeps {
  readonly pool: Database;
  readonly prisma: PrismaClient;
}

export function eventRoutes({ pool, prisma }: EventRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/events',
    tag,
    summary: 'Published events, newest first',
    role: 'viewer',
    request: { query: listQuery },
    response: { description: 'A page of events.', schema: listAnswerSchema(auditEventSchema) },
    async handle({ query }) {
      const { limit, cursor } = query;
      const events = await listEvents(pool, {
        filter: toEventFilter(query),
        order: 'newestFirst',
        afterId: cursor,
        limit: limit + 1,
      });
      return toListAnswer(events, {
        limit,
        toItem: (event) => event,
        toCursor: (event) => toEventCursor(event.id),
      });
    },
  });
  const one = defineRoute({
    method: 'get',
    path: '/api/v1/events/{id}',
    tag,
    summary: 'One event',
    role: 'viewer',
    request: { path: z.object({ id: uuidField }) },
    response: { description: 'The event.', schema: auditEventSchema },
    async handle({ path }) {
      const event = await findEvent(prisma, path.id);
      if (event === undefined) throw new AppError('NOT_FOUND', 'There is no event with this id.');
      return event;
    },
  });
  return [list, one];
}
