import { z } from './zod';

const WHOLE_NUMBER = /^\d{1,9}$/;

/** Any spelling that PostgreSQL's uuid type takes is one id: lower case leaves the schema. */
export const uuidField = z
  .guid('must be a UUID')
  .toLowerCase()
  .openapi({ type: 'string', format: 'uuid' });

export const timeField = z.iso
  .datetime({ offset: true, message: 'must be an ISO 8601 time with a zone' })
  .transform((text) => Date.parse(text))
  .openapi({ type: 'string', format: 'date-time' });

/** Text that PostgreSQL can hold: no NUL, no other control characters. */
export function textField(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'control characters are not allowed')
    .openapi({ type: 'string', minLength: 1, maxLength });
}

export function limitField({ max, initial }: { readonly max: number; readonly initial: number }) {
  return z
    .string()
    .regex(WHOLE_NUMBER, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(1).max(max))
    .default(initial)
    .openapi({ type: 'integer', minimum: 1, maximum: max, default: initial });
}

/** One value or several of the same parameter. */
export function repeatable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(schema).max(20).optional(),
  );
}

/** Adds "from before to" to a query with the two. */
export function assertTimeRange(
  query: { readonly from?: number | undefined; readonly to?: number | undefined },
  context: z.core.$RefinementCtx,
): void {
  if (query.from === undefined || query.to === undefined || query.from < query.to) return;
  context.addIssue({ code: 'custom', path: ['to'], message: 'must be later than from' });
}
