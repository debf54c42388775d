import { z } from 'zod';

/**
 * A field that a sender may leave out. Many serialisers write null for what they lack, and some
 * an empty string for text, so all three mean the same and arrive as undefined.
 */
export function optionalField<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => blankToUndefined<z.output<Schema>>(value));
}

function blankToUndefined<Value>(value: Value | null | undefined): Value | undefined {
  return value === null || value === '' ? undefined : value;
}
