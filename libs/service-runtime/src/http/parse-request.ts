import { AppError } from '@inventory-events/errors';
import type { z } from 'zod';
import type { FieldError } from './problem';

export type RequestPart = 'path' | 'query' | 'headers' | 'body';

/** Validates one part of a request; INVALID_REQUEST names every field that is wrong. */
export function parseRequest<Schema extends z.ZodType>(
  part: RequestPart,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors: FieldError[] = result.error.issues.map((issue) => ({
    field: [part, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
  throw new AppError('INVALID_REQUEST', `The ${part} is not valid.`, { details: errors });
}
