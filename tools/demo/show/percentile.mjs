/** The value that so many percent of the values do not exceed, in whole tenths. */
export function percentile(values, percent) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1);
  return Number(sorted[Math.max(0, index)].toFixed(1));
}
