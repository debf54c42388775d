import type { ParseResult } from '@inventory-events/contracts';
import { AppError } from '@inventory-events/errors';

/** The value of a message that fits its contract; throws what is wrong with another. */
export function assertParsed<Value>(parsed: ParseResult<Value>): Value {
  if (parsed.ok) return parsed.value;
  const found = parsed.issues.map(({ path, message }) => `${path || 'body'}: ${message}`);
  throw new AppError(parsed.code, found.join('; '));
}
