/**
 * Whatever was thrown, as an Error; the original is kept as its cause. Some libraries throw objects
 * that have a message and are no Error all the same.
 */
export function coerceError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(messageOf(thrown), { cause: thrown });
}

function messageOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  const { message } = (thrown ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : 'a value that is no Error was thrown';
}
