import { AppError } from '@inventory-events/errors';
import { defineRoute, type Route, z } from '@inventory-events/service-runtime/api';
import {
  parseRequest,
  toHttpStatus,
  type FieldError,
} from '@inventory-events/service-runtime/http';
import { callerOf } from '../../http/caller-of';
import { idempotencyHeaders } from '../../http/idempotency-headers';
import type { StockBatch, StockBatchLine, StockBatchResult } from '../stock-batch';
import { inventorySchema } from '../stock-schemas';
import { stockBatchLineSchema } from './batch-line-schema';

const MAX_LINES = 1_000;
const MAX_BODY_BYTES = 1024 * 1024;

/** Each line is validated by itself, so that a bad one fails alone; here it is only described. */
const describedLine = z.toJSONSchema(stockBatchLineSchema, { io: 'input' });
delete describedLine.$schema;

const batchSchema = z
  .strictObject({
    items: z
      .array(z.unknown().openapi(describedLine as object))
      .min(1)
      .max(MAX_LINES),
  })
  .openapi('InventoryBatch');

const lineResultSchema = z
  .object({
    index: z.number().int(),
    status: z.number().int().openapi({ description: 'As the answer to a request of its own.' }),
    inventory: inventorySchema.optional(),
    code: z.string().optional(),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .openapi('InventoryBatchLineResult');

const batchAnswerSchema = z
  .object({
    succeeded: z.number().int(),
    failed: z.number().int(),
    results: z.array(lineResultSchema),
  })
  .openapi('InventoryBatchAnswer');

export function stockBatchRoute({ batch }: { readonly batch: StockBatch }): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/inventory/batch',
    tag: 'Inventory',
    summary: 'Change up to 1 000 stock entries, each by itself',
    description:
      'Answers every line, in their order; a line that fails concerns no other. Lines of one ' +
      'entry take effect in their order. Under an idempotency key a repetition executes what was ' +
      'not executed yet and answers the rest again.',
    role: 'operator',
    request: { headers: idempotencyHeaders, body: batchSchema },
    response: { description: 'What became of each line.', schema: batchAnswerSchema },
    problems: { 422: 'The idempotency key was used for another request.' },
    maxBodyBytes: MAX_BODY_BYTES,
    async handle({ body, request, response }) {
      const results = await batch.execute(body.items.map(toLine), callerOf(request, response));
      const failed = results.filter((result) => 'error' in result).length;
      return { succeeded: results.length - failed, failed, results: results.map(toLineResult) };
    },
  });
}

function toLine(value: unknown, index: number): StockBatchLine | AppError {
  try {
    return parseRequest('body', stockBatchLineSchema, value);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const details = (error.details as FieldError[]).map(({ field, message }) => ({
      field: field.replace('body', `body.items.${index}`),
      message,
    }));
    return new AppError('INVALID_REQUEST', 'The line is not valid.', { details });
  }
}

function toLineResult(result: StockBatchResult, index: number) {
  if ('inventory' in result) return { index, status: 200, inventory: result.inventory };
  const { code, message, details } = result.error;
  const status = toHttpStatus(code);
  return {
    index,
    status,
    code,
    ...(status === 500 ? {} : { detail: message }),
    ...(code === 'INVALID_REQUEST' && Array.isArray(details) ? { errors: details } : {}),
  };
}
