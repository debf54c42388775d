import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { hostileText } from './hostile-values';
import type { Schema } from './schema';
import { valueOfSchema, type ValueOptions } from './value-of-schema';

export interface GeneratedBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer | string | undefined;
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** Ten megabytes of blanks in ten kilobytes. */
const BOMB = gzipSync(Buffer.alloc(10 * 2 ** 20, ' '));

const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'content-type': '' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json; charset=utf-99' },
  { 'content-type': 'application/json; charset=latin1' },
  { 'content-type': 'application/json;;;=' },
  { 'content-type': 'application/vnd.api+json' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { ...JSON_TYPE, 'content-encoding': 'br' },
  { ...JSON_TYPE, 'content-encoding': 'gzip, gzip' },
  { ...JSON_TYPE, 'content-encoding': 'none' },
  { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
];

const ODD_CONTENTS: readonly (string | Buffer)[] = [
  '',
  '{',
  'null',
  '"x"',
  '[]',
  '{"quantity":1e400}',
  '{"quantity":1,"quantity":2}',
  '{"__proto__":{"isAdmin":true}}',
  '\ufeff{}',
  `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
  `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`,
  Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
  Buffer.from('7b22c3280a22c0af223a317d', 'hex'),
  Buffer.alloc(100_000, ' '),
];

/** A body as described, something else in its place, or none. */
export function bodyOf(
  schema: Schema | undefined,
  options: ValueOptions,
): fc.Arbitrary<GeneratedBody> {
  const none = fc.constant<GeneratedBody>({ headers: {}, content: undefined });
  const json = valueOfSchema(schema ?? {}, options).map((value): GeneratedBody => ({
    headers: JSON_TYPE,
    content: toJson(value),
  }));
  const odd = fc
    .tuple(
      fc.constantFrom(JSON_TYPE, JSON_TYPE, ...ODD_HEADERS),
      fc.oneof(fc.constantFrom(...ODD_CONTENTS), hostileText),
    )
    .map(([headers, content]): GeneratedBody => ({ headers, content }));
  const bomb = fc.constant<GeneratedBody>({
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    content: BOMB,
  });
  return fc.oneof(
    { weight: schema === undefined ? 12 : 1, arbitrary: none },
    { weight: schema === undefined ? 1 : 24, arbitrary: json },
    { weight: 2, arbitrary: odd },
    { weight: 1, arbitrary: bomb },
  );
}

/** Depth is written out here: as a value it would be more than JSON.stringify can take. */
function toJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.replaceAll(/\{"nestedDeep":(\d+)\}/g, (_, depth: string) => {
    return '['.repeat(Number(depth)) + ']'.repeat(Number(depth));
  });
}
