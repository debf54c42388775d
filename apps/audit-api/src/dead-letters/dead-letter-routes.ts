import { topology } from '@inventory-events/contracts';
import { ERROR_CODES } from '@inventory-events/errors';
import { defineRoute, limitField, type Route, z } from '@inventory-events/service-runtime/api';
import type { DeadLetterQueues } from './create-dead-letter-queues';
import { DEAD_LETTER_QUEUES } from './redrive-target';

const tag = 'Dead letters';

const queueField = z.enum(DEAD_LETTER_QUEUES).default(topology.queues.updatesDeadLetters);

const deadLetterSchema = z
  .object({
    queue: z.string(),
    messageId: z.string().nullable(),
    type: z.string().nullable(),
    correlationId: z.string().nullable(),
    errorCode: z.string().openapi({ description: 'Why it was given up.' }),
    errorMessage: z.string().nullable(),
    originalExchange: z.string().nullable(),
    originalRoutingKey: z.string().nullable(),
    contentType: z.string().nullable(),
    sizeBytes: z.number().int(),
    body: z.string(),
    bodyIsCut: z.boolean(),
  })
  .openapi('DeadLetter');

export function deadLetterRoutes({
  deadLetters,
}: {
  readonly deadLetters: DeadLetterQueues;
}): Route[] {
  const inspect = defineRoute({
    method: 'get',
    path: '/api/v1/dead-letters',
    tag,
    summary: 'The first messages of a dead-letter queue, which stay there',
    role: 'viewer',
    request: {
      query: z.strictObject({ queue: queueField, limit: limitField({ max: 200, initial: 50 }) }),
    },
    response: {
      description: 'The messages at the head of the queue and how many there are in all.',
      schema: z.object({
        queue: z.string(),
        total: z.number().int(),
        items: z.array(deadLetterSchema),
        nextCursor: z.null().openapi({ description: 'A queue has a head and no pages.' }),
      }),
    },
    async handle({ query: { queue, limit } }) {
      const { total, items } = await deadLetters.inspect(queue, limit);
      return { queue, total, items, nextCursor: null };
    },
  });
  const redrive = defineRoute({
    method: 'post',
    path: '/api/v1/dead-letters/redrive',
    tag,
    summary: 'Put dead letters back where they came from',
    description: 'They take the same way again; what has had its effect has no second one.',
    role: 'admin',
    request: {
      body: z.strictObject({
        queue: queueField,
        limit: z.number().int().min(1).max(10_000).default(1_000),
        errorCode: z.enum([...ERROR_CODES, 'UNKNOWN']).optional(),
      }),
    },
    response: {
      description: 'What became of the messages that were looked at.',
      schema: z.object({
        redriven: z.number().int(),
        skipped: z.number().int(),
        unroutable: z.number().int(),
      }),
    },
    handle: ({ body: { queue, ...options } }) => deadLetters.redrive(queue, options),
  });
  return [inspect, redrive];
}
