import { AppError } from '@inventory-events/errors';
import type { z } from '@inventory-events/service-runtime/api';
import type { FieldError } from '@inventory-events/service-runtime/http';

/** Validates a message, or what goes with it; INVALID_REQUEST names every field that is wrong. */
export function parseMessage<Schema extends z.ZodType>(
  schema: Schema,
  message: unknown,
  root?: string,
): z.output<Schema> {
  const result = schema.safeParse(message);
  if (result.success) return result.data;
  const errors: FieldError[] = result.error.issues.map((issue) => ({
    field: [...(root === undefined ? [] : [root]), ...issue.path].map(String).join('.'),
    message: issue.message,
  }));
  throw new AppError('INVALID_REQUEST', 'The request is not valid.', { details: errors });
}
