import {
  listFailingOutboxRows,
  readOutboxPartitions,
  readOutboxStats,
  type FailingOutboxRow,
} from '@inventory-events/data-access';
import { defineRoute, type Route, z } from '@inventory-events/service-runtime/api';
import type { Database } from '../database';

/** Counting further costs as much as publishing; a backlog of this size speaks for itself. */
const COUNT_CAP = 100_000;
const FAILING_LIMIT = 20;

const time = z.string().openapi({ format: 'date-time' });

const outboxSchema = z
  .object({
    pending: z.number().int(),
    pendingIsCapped: z.boolean().openapi({ description: 'There are at least that many.' }),
    oldestAgeSeconds: z.number(),
    parked: z.number().int(),
    partitions: z.array(
      z.object({
        partition: z.number().int(),
        pending: z.number().int(),
        failing: z.number().int(),
        oldestAgeSeconds: z.number(),
      }),
    ),
    failing: z.array(
      z.object({
        eventId: z.string(),
        eventType: z.string(),
        itemId: z.string(),
        sequence: z.number().int(),
        attempts: z.number().int(),
        lastError: z.string().nullable(),
        nextAttemptAt: time.nullable(),
        createdAt: time,
      }),
    ),
  })
  .openapi('Outbox');

/** What is committed and not yet published. */
export function outboxRoutes({ pool }: { readonly pool: Database }): Route[] {
  const state = defineRoute({
    method: 'get',
    path: '/api/v1/outbox',
    tag: 'Outbox',
    summary: 'Events that wait for their publication: how many, since when, and which fail',
    role: 'viewer',
    request: { query: z.strictObject({}) },
    response: { description: 'The state of the outbox.', schema: outboxSchema },
    async handle() {
      const [stats, partitions, failing] = await Promise.all([
        readOutboxStats(pool, COUNT_CAP),
        readOutboxPartitions(pool, COUNT_CAP),
        listFailingOutboxRows(pool, { cap: COUNT_CAP, limit: FAILING_LIMIT }),
      ]);
      return {
        ...stats,
        pendingIsCapped: stats.pending >= COUNT_CAP,
        partitions,
        failing: failing.map(toFailing),
      };
    },
  });
  return [state];
}

function toFailing(row: FailingOutboxRow) {
  return {
    ...row,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
