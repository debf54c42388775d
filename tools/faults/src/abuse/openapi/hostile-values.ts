import fc from 'fast-check';

/** What no schema asks for. All of it may stand in JSON. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    'x\udfffy',
    '\u202e\u200b\ufeff',
    'é'.normalize('NFD'),
    '💥'.repeat(30),
    '%00',
    '%',
    '../../etc/passwd',
    "' OR 1=1 --",
    '"; DROP TABLE stock_items; --',
    '${jndi:ldap://127.0.0.1/x}',
    '{{7*7}}',
    '<script>alert(1)</script>',
    'now',
    'infinity',
    'NaN',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:60Z',
    '1969-12-31T23:59:59.999Z',
    '2024-02-30T00:00:00Z',
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '__proto__',
    'constructor',
  ),
  fc.integer({ min: 90, max: 3_000 }).map((length) => 'x'.repeat(length)),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

export const hostileNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    0.5,
    1e-7,
    2_147_483_647,
    2_147_483_648,
    -2_147_483_649,
    Number.MAX_SAFE_INTEGER + 2,
    1e21,
    Number.MAX_VALUE,
    Number.MIN_VALUE,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const MAX_DEPTH = 10_000;

/** Marks a place where the body's text gets something nested that deep. */
export interface Nested {
  readonly nestedDeep: number;
}

const nested: fc.Arbitrary<Nested> = fc
  .integer({ min: 10, max: MAX_DEPTH })
  .map((nestedDeep) => ({ nestedDeep }));

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom(null, true, false, [], {}, [null], { toString: 1 }, { __proto__: null, $ne: 1 }),
  fc.array(fc.constant(0), { minLength: 100, maxLength: 2_000 }),
  nested,
  fc.jsonValue({ maxDepth: 3 }),
);
