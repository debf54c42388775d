/**
 * A PostgreSQL array of values that need no escaping: UUIDs, numbers, enum labels, ISO times.
 * Much cheaper than the driver's own conversion; never for free text (see `textArray`).
 */
export function arrayLiteral(values: readonly (string | number | boolean | null)[]): string {
  const texts = values.includes(null) ? values.map((value) => value ?? 'NULL') : values;
  return `{${texts.join(',')}}`;
}
