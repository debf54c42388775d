import fc from 'fast-check';
import { countKeys, measureJson } from './measure-json';

const measure = (text: string) => measureJson(Buffer.from(text));

describe('measureJson and countKeys', () => {
  it('agree on every JSON value, however it is spaced', () => {
    const indentation = fc.constantFrom(undefined, 1, 4, '\t');
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), indentation, (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(measure(text).keys).toBe(countKeys(JSON.parse(text)));
      }),
    );
  });

  it('are not misled by what stands in strings', () => {
    const text = JSON.stringify({ '":{': 'a":\\"b":[[[', c: ':::{}' });
    expect(measure(text)).toEqual({ depth: 1, keys: 2 });
    expect(countKeys(JSON.parse(text))).toBe(2);
  });

  it.each([
    ['{"a":1,"a":2}', 2, 1],
    ['{"a":1,"\\u0061":2}', 2, 1],
    ['{"o":{"a":1 , "a" : 2}}', 3, 2],
    ['[{"a":1},{"a":2}]', 2, 2],
    ['{"__proto__":1,"__proto__":2}', 2, 1],
    ['{"1":1,"1":1}', 2, 1],
  ])('tell a repeated key: %s', (text, written, kept) => {
    expect(measure(text).keys).toBe(written);
    expect(countKeys(JSON.parse(text))).toBe(kept);
  });

  it('measures the depth, of hostile bodies as well', () => {
    expect(measure('{"a":[{"b":1}]}').depth).toBe(3);
    expect(measure('['.repeat(5_000) + ']'.repeat(5_000)).depth).toBe(5_000);
    expect(measure('['.repeat(5_000)).depth).toBe(5_000);
  });
});
