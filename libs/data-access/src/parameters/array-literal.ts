/**
 * A PostgreSQL array of values that need no escaping: UUIDs, numbers, enum labels, ISO times.
 * Much cheaper than the driver's own conversion; never for free text (see `textArray`).
 */
export function arrayLiteral(values: readonly (string | number | boolean | null)[]): string {
  let literal = '{';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) literal += ',';
    literal += values[index] ?? 'NULL';
  }
  return literal + '}';
}
