/** Whatever was thrown, as an Error; the original is kept as its cause. */
export function coerceError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(typeof thrown === 'string' ? thrown : 'a value that is no Error was thrown', {
    cause: thrown,
  });
}
