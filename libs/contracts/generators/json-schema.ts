import { z } from 'zod';

import type { ContractMessage } from './contract-messages';

export interface JsonSchema {
  [keyword: string]: unknown;
}

/**
 * The schema of a message as a sender may write it. That view leaves `additionalProperties` open,
 * which receivers need: a newer minor version may add fields.
 */
export function toJsonSchema(
  { name, summary, schema }: ContractMessage,
  target: 'draft-2020-12' | 'draft-7',
): JsonSchema {
  const { $schema, ...rules } = z.toJSONSchema(schema, { io: 'input', target });
  return { $schema, title: name, description: summary, ...rules };
}
