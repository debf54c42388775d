import { redriveParkedEvents } from '@inventory-events/data-access';
import {
  listParkedEvents,
  type ParkedEvent,
  type PrismaClient,
} from '@inventory-events/data-access/prisma';
import { AppError } from '@inventory-events/errors';
import {
  defineRoute,
  limitField,
  listAnswerSchema,
  type Route,
  timedCursorField,
  toListAnswer,
  toTimedCursor,
  uuidField,
  z,
} from '@inventory-events/service-runtime/api';
import type { Database } from '../database';

const tag = 'Outbox';
const REDRIVE_PAGE_SIZE = 500;

const time = z.string().openapi({ format: 'date-time' });

const parkedEventSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid', description: 'The eventId.' }),
    eventType: z.string(),
    itemId: z.string(),
    sequence: z.number().int(),
    routingKey: z.string(),
    correlationId: z.string(),
    attempts: z.number().int(),
    errorCode: z.string(),
    errorMessage: z.string(),
    createdAt: time,
    parkedAt: time,
    payload: z.string().openapi({ description: 'The event as it would be published.' }),
  })
  .openapi('ParkedEvent');

const redrivenSchema = z.object({ redriven: z.number().int() }).openapi('Redriven');

/** Events that were set aside because the broker refused them again and again. */
export function parkedRoutes({ pool, prisma }: ParkedRoutesDeps): Route[] {
  return [listRoute(prisma), redriveOneRoute(pool), redriveAllRoute({ pool, prisma })];
}

export interface ParkedRoutesDeps {
  readonly pool: Database;
  readonly prisma: PrismaClient;
}

function listRoute(prisma: PrismaClient): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/outbox/parked',
    tag,
    summary: 'Parked events, the longest parked first',
    role: 'viewer',
    request: {
      query: z.strictObject({
        limit: limitField({ max: 500, initial: 50 }),
        cursor: timedCursorField,
      }),
    },
    response: { description: 'A page.', schema: listAnswerSchema(parkedEventSchema) },
    async handle({ query: { limit, cursor } }) {
      const after = cursor && { parkedAt: cursor.at, id: cursor.id };
      const rows = await listParkedEvents(prisma, { after, limit: limit + 1 });
      return toListAnswer(rows, {
        limit,
        toItem: toParkedItem,
        toCursor: (row) => toTimedCursor(row.parkedAt, row.id),
      });
    },
  });
}

function redriveOneRoute(pool: Database): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/outbox/parked/{id}/redrive',
    tag,
    summary: 'Put one parked event back into the outbox',
    role: 'admin',
    request: { path: z.object({ id: uuidField }) },
    response: { description: 'It will be published again.', schema: redrivenSchema },
    async handle({ path }) {
      const redriven = await redriveParkedEvents(pool, [path.id]);
      if (redriven.length === 0) {
        throw new AppError('NOT_FOUND', 'No event with this id is parked.');
      }
      return { redriven: redriven.length };
    },
  });
}

function redriveAllRoute(deps: ParkedRoutesDeps): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/outbox/parked/redrive',
    tag,
    summary: 'Put every parked event back into the outbox',
    role: 'admin',
    request: {},
    response: { description: 'How many.', schema: redrivenSchema },
    handle: async () => ({ redriven: await redriveAll(deps) }),
  });
}

/** Along the order of parking, so what is parked again meanwhile doesn't keep it going for ever. */
async function redriveAll({ pool, prisma }: ParkedRoutesDeps): Promise<number> {
  const until = Date.now();
  let redriven = 0;
  let after: { parkedAt: Date; id: string } | undefined;
  for (;;) {
    const rows = await listParkedEvents(prisma, { after, limit: REDRIVE_PAGE_SIZE });
    const due = rows.filter((row) => row.parkedAt.getTime() <= until);
    const ids = due.map((row) => row.id);
    if (ids.length > 0) redriven += (await redriveParkedEvents(pool, ids)).length;
    after = rows.at(-1);
    if (rows.length < REDRIVE_PAGE_SIZE || due.length < rows.length) return redriven;
  }
}

function toParkedItem({ createdAt, parkedAt, ...event }: ParkedEvent) {
  return { ...event, createdAt: createdAt.toISOString(), parkedAt: parkedAt.toISOString() };
}
