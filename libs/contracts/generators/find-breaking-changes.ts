import type { JsonSchema } from './json-schema';

export interface SchemaChange {
  path: string;
  change: string;
}

/**
 * Compares a message's schema with the one that was released last.
 *
 * - `produced` by us: whoever reads it must understand everything that we may now write. Breaking
 *   are a field that may be missing, a new type, null or enum value, a wider limit, a removed field.
 * - `consumed` by us: whoever writes it must still be understood. Breaking are a field that is now
 *   required, a type, null or enum value that is no longer taken, a narrower limit.
 *
 * New optional fields are fine both ways: readers ignore what they don't know.
 */
export function findBreakingChanges(
  direction: 'produced' | 'consumed',
  released: JsonSchema,
  current: JsonSchema,
): SchemaChange[] {
  return direction === 'produced'
    ? [...removedFields(released, current, ''), ...findWidenings(released, current, '')]
    : findWidenings(current, released, '');
}

/** What `wide` allows and `narrow` doesn't, where the schemas are meant to fit into each other. */
function findWidenings(narrow: JsonSchema, wide: JsonSchema, path: string): SchemaChange[] {
  const wideBranches = branchesOf(wide);
  const narrowBranches = branchesOf(narrow);
  return wideBranches.flatMap((branch) => {
    const partner = narrowBranches.find((candidate) => typeOf(candidate) === typeOf(branch));
    if (!partner) return [{ path, change: `allows ${typeOf(branch)}` }];
    return [
      ...compareValues(partner, branch, path),
      ...compareLimits(partner, branch, path),
      ...compareFields(partner, branch, path),
    ];
  });
}

function removedFields(released: JsonSchema, current: JsonSchema, path: string): SchemaChange[] {
  const kept = fieldsOf(current);
  return Object.entries(fieldsOf(released)).flatMap(([name, field]) => {
    const fieldPath = `${path}/${name}`;
    const now = kept[name];
    if (!now) return [{ path: fieldPath, change: 'is gone' }];
    return removedFields(field, now, fieldPath);
  });
}

function compareValues(narrow: JsonSchema, wide: JsonSchema, path: string): SchemaChange[] {
  const allowed = valuesOf(narrow);
  if (!allowed) return [];
  const values = valuesOf(wide);
  if (!values) return [{ path, change: 'allows any value' }];
  return values
    .filter((value) => !allowed.includes(value))
    .map((value) => ({ path, change: `allows ${JSON.stringify(value)}` }));
}

const LOWER_LIMITS = ['minimum', 'minLength', 'minItems'] as const;
const UPPER_LIMITS = ['maximum', 'maxLength', 'maxItems'] as const;
const EXACT_RULES = ['pattern', 'format'] as const;

function compareLimits(narrow: JsonSchema, wide: JsonSchema, path: string): SchemaChange[] {
  const changed = [
    ...LOWER_LIMITS.filter(
      (limit) => limitOf(wide, limit, -Infinity) < limitOf(narrow, limit, -Infinity),
    ),
    ...UPPER_LIMITS.filter(
      (limit) => limitOf(wide, limit, Infinity) > limitOf(narrow, limit, Infinity),
    ),
    ...EXACT_RULES.filter((rule) => narrow[rule] !== undefined && narrow[rule] !== wide[rule]),
  ];
  return changed.map((rule) => ({ path, change: `differs in ${rule}` }));
}

function compareFields(narrow: JsonSchema, wide: JsonSchema, path: string): SchemaChange[] {
  const narrowFields = fieldsOf(narrow);
  const wideFields = fieldsOf(wide);
  const optional = requiredOf(narrow)
    .filter((name) => !requiredOf(wide).includes(name))
    .map((name) => ({ path: `${path}/${name}`, change: 'may be missing' }));
  const inner = Object.entries(wideFields).flatMap(([name, field]) => {
    const partner = narrowFields[name];
    return partner ? findWidenings(partner, field, `${path}/${name}`) : [];
  });
  const items =
    isSchema(narrow.items) && isSchema(wide.items)
      ? findWidenings(narrow.items, wide.items, `${path}/[]`)
      : [];
  return [...optional, ...inner, ...items];
}

function branchesOf(schema: JsonSchema): JsonSchema[] {
  return Array.isArray(schema.anyOf) ? schema.anyOf.filter(isSchema) : [schema];
}

function typeOf(schema: JsonSchema): string {
  return typeof schema.type === 'string' ? schema.type : 'anything';
}

function valuesOf(schema: JsonSchema): unknown[] | undefined {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : undefined;
}

function limitOf(schema: JsonSchema, limit: string, unlimited: number): number {
  const value = schema[limit];
  return typeof value === 'number' ? value : unlimited;
}

function requiredOf(schema: JsonSchema): unknown[] {
  return Array.isArray(schema.required) ? schema.required : [];
}

function fieldsOf(schema: JsonSchema): Record<string, JsonSchema> {
  const fields = branchesOf(schema).flatMap(({ properties }) =>
    isSchema(properties) ? Object.entries(properties) : [],
  );
  return Object.fromEntries(
    fields.filter((field): field is [string, JsonSchema] => isSchema(field[1])),
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
