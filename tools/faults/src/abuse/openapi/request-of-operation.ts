import fc from 'fast-check';
import { METHODS } from 'node:http';
import type { SentRequest } from '../http/send-request';
import { bodyOf } from './body-of-operation';
import { hostileText } from './hostile-values';
import type { Operation, Parameter } from './schema';
import { valueOfSchema, type ValueOptions } from './value-of-schema';

export interface RequestOptions extends ValueOptions {
  /** Given with most requests. */
  readonly tokens: readonly string[];
}

type Pair = readonly [name: string, value: string];

/** Node's client can't send what follows a CONNECT. */
const METHOD_NAMES = METHODS.filter((method) => method !== 'CONNECT');

/** A request to an operation, mostly as described and somewhere not. */
export function requestOfOperation(
  operation: Operation,
  options: RequestOptions,
): fc.Arbitrary<SentRequest> {
  const { method, parameters } = operation;
  const of = (place: Parameter['in']) => parameters.filter((each) => each.in === place);
  return fc
    .record({
      method: mostly(fc.constant(method), fc.constantFrom(...METHOD_NAMES)),
      path: pathOf(operation, of('path'), options),
      query: queryOf(of('query'), options),
      headers: headersOf(of('header'), options),
      body: bodyOf(operation.body, options),
    })
    .map(({ path, query, headers, body, ...rest }) => ({
      ...rest,
      path: query === '' ? path : `${path}?${query}`,
      headers: { ...body.headers, ...headers },
      body: body.content,
    }));
}

function mostly<Value>(usual: fc.Arbitrary<Value>, other: fc.Arbitrary<Value>) {
  return fc.oneof({ weight: 24, arbitrary: usual }, { weight: 1, arbitrary: other });
}

function pathOf(
  { path }: Operation,
  parameters: readonly Parameter[],
  options: RequestOptions,
): fc.Arbitrary<string> {
  const values = parameters.map((each) =>
    mostly(valueOfSchema(each.schema, options).map(encode), rawText).map((value): Pair => [
      `{${each.name}}`,
      value,
    ]),
  );
  const filled = fc
    .tuple(...values)
    .map((pairs) => pairs.reduce((text, [name, value]) => text.replace(name, () => value), path));
  return mostly(
    filled,
    fc.oneof(
      fc.tuple(filled, rawText).map(([text, more]) => `${text}/${more}`),
      filled.map((text) => text.replaceAll('/', '//')),
      filled.map((text) => `http://elsewhere.example${text}`),
      filled.map((text) => `${text};a=b`),
      filled.map((text) => text.toUpperCase()),
    ),
  );
}

function queryOf(parameters: readonly Parameter[], options: RequestOptions): fc.Arbitrary<string> {
  const known = parameters.map(({ name, schema }) =>
    (name === 'cursor' ? cursor : valueOfSchema(schema, options)).map((value): Pair => [
      encodeURIComponent(name),
      encode(value),
    ]),
  );
  const unknown: fc.Arbitrary<Pair> = fc.tuple(rawText, rawText);
  const pair = known.length === 0 ? unknown : mostly(fc.oneof(...known), unknown);
  const maxLength = known.length === 0 ? 1 : 4;
  return fc
    .oneof(
      { weight: 12, arbitrary: fc.array(pair, { maxLength }) },
      // The same key again and again.
      { weight: 1, arbitrary: pair.map((each) => Array<Pair>(30).fill(each)) },
    )
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));
}

/** The places of an event and of a parked one, before, beyond and at the end of time. */
const cursor: fc.Arbitrary<unknown> = mostly(
  fc
    .oneof(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc
        .tuple(
          fc.constantFrom(0n, 1n, 1_700_000_000_000n, 253_402_300_800_000n, 8_640_000_000_000_000n),
          fc.uint8Array({ minLength: 16, maxLength: 16 }),
        )
        .map(([time, id]) => {
          const place = Buffer.alloc(8);
          place.writeBigUInt64BE(time);
          return Buffer.concat([place, id]);
        }),
    )
    .map((bytes) => Buffer.from(bytes).toString('base64url')),
  hostileText,
);

const ODD_HEADERS: readonly Pair[] = [
  ['x-correlation-id', 'x'.repeat(500)],
  ['x-correlation-id', 'ü'],
  ['x-request-id', "'; --"],
  ['traceparent', '00-0-0-ff'],
  ['x-forwarded-for', '1.2.3.4, ::1, x:y'],
  ['x-http-method-override', 'DELETE'],
  ['if-match', '"999999999999999999999999"'],
  ['if-none-match', '*'],
  ['if-modified-since', 'yesterday'],
  ['range', 'bytes=99999999-'],
  ['accept', 'text/html;q='],
  ['accept-encoding', 'gzip;q=9, identity;q=0'],
  ['expect', '100-continue'],
  ['expect', 'the-unexpected'],
  ['last-event-id', '00000000-0000-7000-8000-000000000000.9999999999999999999'],
  ['idempotency-key', 'k'.repeat(300)],
  ['upgrade', 'h2c'],
  ['cookie', 'a'.repeat(4_000)],
  ['host', '[::1'],
];

function headersOf(
  parameters: readonly Parameter[],
  options: RequestOptions,
): fc.Arbitrary<Record<string, string>> {
  const token = fc.constantFrom(...options.tokens).map((each): Pair => {
    return ['authorization', `Bearer ${each}`];
  });
  const described = parameters.map(({ name, schema }) =>
    valueOfSchema(schema, options).map((value): Pair => [name, headerText(value)]),
  );
  const odd = fc.constantFrom(...ODD_HEADERS);
  const more = described.length === 0 ? odd : fc.oneof(odd, ...described);
  return fc
    .tuple(mostly(token, odd), fc.array(more, { maxLength: 2 }))
    .map(([first, others]) => Object.fromEntries([first, ...others]));
}

/** What Node's client lets through, as it is. */
const rawText: fc.Arbitrary<string> = fc
  .oneof(
    hostileText,
    fc.constantFrom('%00', '%ff', '%', '%zz', '%ed%a0%80', '..%2f..%2f', '%2e%2e', '*', '[]', '.'),
  )
  .map((text) => text.replaceAll(/[^\x21-\x7e\xa1-\xff]/g, '').replaceAll(/[?#&=]/g, ''));

function headerText(value: unknown): string {
  return toText(value)
    .replaceAll(/[^\x20-\x7e\xa1-\xff]/g, '')
    .trim();
}

/** A lone surrogate can't be encoded: what takes its place can. */
function encode(value: unknown): string {
  return encodeURIComponent(Buffer.from(toText(value)).toString());
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
