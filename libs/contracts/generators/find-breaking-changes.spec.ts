import { findBreakingChanges } from './find-breaking-changes';
import type { JsonSchema } from './json-schema';

const string = { type: 'string' };
const nullable = { anyOf: [string, { type: 'null' }] };

function object(properties: JsonSchema, required = Object.keys(properties)): JsonSchema {
  return { type: 'object', properties, required };
}

function changes(
  direction: 'produced' | 'consumed',
  released: JsonSchema,
  current: JsonSchema,
): string[] {
  const found = findBreakingChanges(direction, released, current);
  return found.map(({ path, change }) => `${path} ${change}`);
}

const quantity = (limits: object) => object({ quantity: { type: 'integer', ...limits } });
const status = (...values: string[]) => object({ status: { ...string, enum: values } });
const nested = (schema: JsonSchema) =>
  object({ data: object({ lines: { type: 'array', items: schema } }) });

describe('a message that is produced', () => {
  it.each([
    [
      'a field is removed',
      object({ a: string, b: string }),
      object({ a: string }),
      ['/b is gone', '/b may be missing'],
    ],
    ['an optional field is removed', object({ a: string }, []), object({}), ['/a is gone']],
    [
      'a field may be missing',
      object({ a: string }),
      object({ a: string }, []),
      ['/a may be missing'],
    ],
    ['a field may be null', object({ a: string }), object({ a: nullable }), ['/a allows null']],
    [
      'a field changes type',
      object({ a: string }),
      object({ a: { type: 'integer' } }),
      ['/a allows integer'],
    ],
    ['an enum grows', status('A'), status('A', 'B'), ['/status allows "B"']],
    ['an enum is given up', status('A'), object({ status: string }), ['/status allows any value']],
    [
      'a limit is raised',
      quantity({ maximum: 5 }),
      quantity({ maximum: 6 }),
      ['/quantity differs in maximum'],
    ],
    ['a limit falls', quantity({ minimum: 0 }), quantity({}), ['/quantity differs in minimum']],
    [
      'a format is given up',
      object({ a: { ...string, format: 'uuid' } }),
      object({ a: string }),
      ['/a differs in format'],
    ],
    [
      'an inner field may be null',
      nested(object({ a: string })),
      nested(object({ a: nullable })),
      ['/data/lines/[]/a allows null'],
    ],
  ])('breaks its readers when %s', (_what, released, current, expected) => {
    expect(changes('produced', released, current)).toEqual(expected);
  });

  it.each([
    ['nothing changes', nested(object({ a: nullable })), nested(object({ a: nullable }))],
    ['a field is added', object({ a: string }), object({ a: string, b: string })],
    ['null is no longer sent', object({ a: nullable }), object({ a: string })],
    ['an enum shrinks', status('A', 'B'), status('A')],
    ['a limit is lowered', quantity({ maximum: 6 }), quantity({ maximum: 5 })],
  ])('does not when %s', (_what, released, current) => {
    expect(changes('produced', released, current)).toEqual([]);
  });
});

describe('a message that is consumed', () => {
  it.each([
    [
      'a field becomes required',
      object({ a: string }, []),
      object({ a: string }),
      ['/a may be missing'],
    ],
    ['a required field is added', object({}), object({ a: string }), ['/a may be missing']],
    ['null is refused', object({ a: nullable }), object({ a: string }), ['/a allows null']],
    ['an enum shrinks', status('A', 'B'), status('A'), ['/status allows "B"']],
    [
      'a limit is lowered',
      quantity({ maximum: 6 }),
      quantity({ maximum: 5 }),
      ['/quantity differs in maximum'],
    ],
    [
      'a pattern is added',
      object({ a: string }),
      object({ a: { ...string, pattern: 'x' } }),
      ['/a differs in pattern'],
    ],
  ])('breaks its writers when %s', (_what, released, current, expected) => {
    expect(changes('consumed', released, current)).toEqual(expected);
  });

  it.each([
    ['an optional field is added', object({ a: string }), object({ a: string, b: string }, ['a'])],
    ['a field is no longer read', object({ a: string, b: string }), object({ a: string })],
    ['null is taken too', object({ a: string }), object({ a: nullable })],
    ['an enum grows', status('A'), status('A', 'B')],
  ])('does not when %s', (_what, released, current) => {
    expect(changes('consumed', released, current)).toEqual([]);
  });
});
