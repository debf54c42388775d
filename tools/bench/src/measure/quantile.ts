/** The nearest-rank quantile; sorts the values in place. */
export function quantile(values: number[], q: number): number {
  values.sort((a, b) => a - b);
  const rank = Math.min(values.length - 1, Math.max(0, Math.ceil(q * values.length) - 1));
  return values[rank] ?? Number.NaN;
}
