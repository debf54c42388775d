import fc from 'fast-check';

const MAX_FIELD = 8;
const MAX_DEPTH = 3;

/**
 * What may be a message: fields of the numbers that messages use, of any type, with values that
 * are right, wrong or extreme; now and then it is no message at all.
 */
export function messageBytes(knownIds: readonly string[], depth = 0): fc.Arbitrary<Buffer> {
  const text = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...knownIds) },
    { weight: 1, arbitrary: fc.constantFrom('', '\0', 'x'.repeat(3_000), '%', '\ud800') },
  );
  const bytes = fc.uint8Array({ maxLength: 30 }).map((each) => Buffer.from(each));
  const nested = depth < MAX_DEPTH ? messageBytes(knownIds, depth + 1) : bytes;
  const content = fc.oneof(
    text.map((each) => Buffer.from(each)),
    bytes,
    nested,
    nested,
  );
  const number = fc.oneof(
    fc.bigInt({ min: 0n, max: 100n }),
    fc.constantFrom(2n ** 31n - 1n, 2n ** 31n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n),
  );
  const field = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constant(2), content.map(withLength)) },
    { weight: 3, arbitrary: fc.tuple(fc.constant(0), number.map(varint)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(1, 3, 4, 5, 6, 7), bytes) },
  );
  const fields = fc.array(fc.tuple(fc.integer({ min: 1, max: MAX_FIELD }), field), {
    maxLength: 6,
  });
  return fc.oneof(
    {
      weight: 15,
      arbitrary: fields.map((all) =>
        Buffer.concat(
          all.map(([at, [type, value]]) => Buffer.concat([varint(BigInt(at * 8 + type)), value])),
        ),
      ),
    },
    { weight: 1, arbitrary: bytes },
  );
}

function withLength(content: Buffer): Buffer {
  return Buffer.concat([varint(BigInt(content.length)), content]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
