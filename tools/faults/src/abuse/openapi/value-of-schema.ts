import fc from 'fast-check';
import { hostileNumber, hostileText, hostileValue } from './hostile-values';
import type { ApiDocument, Schema } from './schema';

export interface ValueOptions {
  readonly resolve: ApiDocument['resolve'];
  /** Ids of what there is. */
  readonly knownIds: readonly string[];
}

const MAX_DEPTH = 6;
const MAX_ITEMS = 4;
/** Of so many values one is not what the schema says. */
const FIT_WEIGHT = 40;
const TIMES = { min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z') };

/** Mostly what a schema asks for, now and then something else at any place of it. */
export function valueOfSchema(
  given: Schema,
  options: ValueOptions,
  depth = 0,
): fc.Arbitrary<unknown> {
  const schema = options.resolve(given);
  return fc.oneof(
    { weight: FIT_WEIGHT, arbitrary: fittingValue(schema, options, depth) },
    { weight: 1, arbitrary: hostileValue },
  );
}

function fittingValue(schema: Schema, options: ValueOptions, depth: number): fc.Arbitrary<unknown> {
  const { type, anyOf, oneOf, allOf, enum: values, const: only } = schema;
  if (depth > MAX_DEPTH) return fc.constant(null);
  if (values !== undefined) return fc.constantFrom(...values);
  if (only !== undefined) return fc.constant(only);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) {
    return fc.oneof(...choices.map((choice) => valueOfSchema(choice, options, depth + 1)));
  }
  if (allOf !== undefined) {
    const parts = allOf.map((part) => fittingValue(options.resolve(part), options, depth + 1));
    return fc.tuple(...parts).map((each) => Object.assign({}, ...each) as unknown);
  }
  const types = [type ?? 'object'].flat();
  return fc.oneof(...types.map((each) => valueOfType(each, schema, options, depth)));
}

function valueOfType(
  type: string,
  schema: Schema,
  options: ValueOptions,
  depth: number,
): fc.Arbitrary<unknown> {
  const { minimum, maximum, minItems = 0, items = {} } = schema;
  switch (type) {
    case 'string':
      return textOf(schema, options);
    case 'integer':
      return integerOf(schema);
    case 'number':
      return fc.double({ min: minimum ?? -1e6, max: maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const maxLength = Math.max(minItems, MAX_ITEMS);
      return fc.array(valueOfSchema(items, options, depth + 1), { minLength: minItems, maxLength });
    }
    default:
      return objectOf(schema, options, depth);
  }
}

/** Often at its bounds and just beyond them. */
function integerOf({ minimum = -1_000, maximum = 1_000 }: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: minimum, max: Math.min(maximum, minimum + 100) }) },
    { weight: 2, arbitrary: fc.constantFrom(minimum - 1, minimum, maximum, maximum + 1) },
    { weight: 1, arbitrary: hostileNumber },
  );
}

function textOf(
  { format, pattern, minLength = 0, maxLength = 40 }: Schema,
  { knownIds }: ValueOptions,
): fc.Arbitrary<string> {
  if (format === 'uuid') {
    return fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...knownIds) },
      { weight: 3, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: hostileText },
    );
  }
  if (format === 'date-time') {
    const time = fc.date({ ...TIMES, noInvalidDate: true }).map((date) => date.toISOString());
    return fc.oneof({ weight: 8, arbitrary: time }, { weight: 1, arbitrary: hostileText });
  }
  const isKnown = pattern !== undefined && !pattern.includes(String.raw`\p`);
  const fitting = isKnown
    ? fc.stringMatching(new RegExp(pattern))
    : fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
  const atLimit = fc.constantFrom('x'.repeat(maxLength), 'x'.repeat(maxLength + 1));
  return fc.oneof(
    { weight: 12, arbitrary: fitting },
    { weight: 1, arbitrary: atLimit },
    { weight: 1, arbitrary: hostileText },
  );
}

function objectOf(
  { properties = {}, required = [] }: Schema,
  options: ValueOptions,
  depth: number,
): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, each]) => [
      name,
      valueOfSchema(each, options, depth + 1),
    ]),
  );
  const fitting = fc.record(model, { requiredKeys: [...required] });
  const withMore = fc
    .tuple(fitting, fc.dictionary(hostileText, hostileValue, { maxKeys: 2 }))
    .map(([value, more]) => ({ ...value, ...more }));
  const withLess = fc.record(model, { requiredKeys: [] });
  return fc.oneof(
    { weight: 20, arbitrary: fitting },
    { weight: 1, arbitrary: withMore },
    { weight: 1, arbitrary: withLess },
  );
}
