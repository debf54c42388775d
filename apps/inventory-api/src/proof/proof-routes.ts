import { AppError } from '@inventory-events/errors';
import { defineRoute, type Route, z } from '@inventory-events/service-runtime/api';
import type { Proof } from '@inventory-events/stock-ledger';

const tag = 'Proof';
const path = '/api/v1/proof';

const id = z.string().openapi({ format: 'uuid' });
const time = z.string().openapi({ format: 'date-time' });
const units = z.number().int();

const proofSchema = z
  .object({
    startedAt: time,
    finishedAt: time,
    isFull: z.boolean().openapi({
      description: 'Every item was checked, not only those touched since the run before.',
    }),
    checkedItems: units,
    driftedItems: units,
    drifted: z
      .array(
        z.object({
          itemId: id,
          productId: id,
          variantId: id.nullable(),
          warehouseId: id.nullable(),
          sku: z.string().nullable(),
          onHand: units,
          movementTotal: units.openapi({ description: 'What on hand should be.' }),
          reserved: units,
          pendingTotal: units.openapi({ description: 'What reserved should be.' }),
          foundAt: time,
        }),
      )
      .openapi({ description: 'The first 1 000 that do not add up.' }),
    lastFullAt: time.nullable(),
  })
  .openapi('Proof');

/** That the stock adds up: the last answer, and a run on demand. */
export function proofRoutes({ proof }: { readonly proof: Proof }): Route[] {
  const latest = defineRoute({
    method: 'get',
    path,
    tag,
    summary: 'The last proof of the stock',
    description:
      'On hand is the sum of the movements and reserved that of the pending holds, for every ' +
      'item touched since the run before. Differences are told, never repaired.',
    role: 'viewer',
    request: {},
    response: { description: 'Of whichever replica ran last.', schema: proofSchema },
    problems: { 404: 'Nothing was proved yet.' },
    async handle() {
      const result = await proof.latest();
      if (result === undefined) throw new AppError('NOT_FOUND', 'Nothing was proved yet.');
      return proofSchema.parse(result);
    },
  });
  const run = defineRoute({
    method: 'post',
    path,
    tag,
    summary: 'Prove the stock now',
    role: 'admin',
    request: {
      body: z
        .strictObject({
          full: z.boolean().default(false).openapi({ description: 'Check every item.' }),
        })
        .prefault({}),
    },
    response: { description: 'What the run found.', schema: proofSchema },
    problems: { 409: 'Another run takes too long to wait for.' },
    handle: ({ body }) => proof.run(body),
  });
  return [latest, run];
}
