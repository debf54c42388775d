/** A `bytea[]` parameter of short binary values, as an array literal of hex strings. */
export function byteaArray(values: readonly Buffer[]): string {
  let literal = '{';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) literal += ',';
    literal += `"\\\\x${(values[index] as Buffer).toString('hex')}"`;
  }
  return literal + '}';
}
