import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseInventoryUpdate } from './parse-inventory-update';

const nowMs = Date.parse('2026-03-01T12:00:00Z');
const productId = '0198c0de-0000-7000-8000-000000000001';
const nil = '00000000-0000-0000-0000-000000000000';

function fixture(name: string): Record<string, unknown> {
  const file = join(__dirname, '../../fixtures', `${name}.v1.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

const parse = (json: unknown) => parseInventoryUpdate(json, { nowMs });
const native = (fields: object) => ({ productId, newQuantity: 5, ...fields });

function messageOf(json: unknown): unknown {
  const result = parse(json);
  return result.ok ? result.value.message : result;
}

describe('the three forms of an inventory update', () => {
  it.each([
    ['inventory.update', 'native'],
    ['inventory.stock_level_changed', 'envelope'],
    ['inventory.stock_updated', 'stock_updated'],
  ])('reads the fixture %s as %s', (name, form) => {
    expect(parse(fixture(name))).toMatchObject({
      ok: true,
      value: { form, message: fixture(name) },
    });
  });

  it('reads an event that this system published itself', () => {
    const result = parse(fixture('StockLevelChangedEvent'));
    expect(result).toMatchObject({ ok: true, value: { form: 'envelope' } });
  });

  it('fills what is absent, null, empty or nil with one value', () => {
    const nulls = { variantId: null, eventId: null, sku: null, occurredAt: null };
    const blanks = { variantId: nil, warehouseId: nil, sku: '', correlationId: '' };
    for (const fields of [{}, nulls, blanks, { previousQuantity: undefined }]) {
      const message: unknown = JSON.parse(JSON.stringify(messageOf(native(fields))));
      expect(message).toEqual(native({ variantId: null, warehouseId: null }));
    }
  });

  it('spells ids in lower case and drops unknown fields', () => {
    const message = messageOf({ ...native({ colour: 'red' }), productId: productId.toUpperCase() });
    expect(message).toMatchObject({ productId });
    expect(message).not.toHaveProperty('colour');
  });

  it('reads oldStock and newStock without an event type, as the Go service sends them', () => {
    const flat = fixture('inventory.stock_updated');
    expect(flat).not.toHaveProperty('eventType');
    expect(parse(flat)).toMatchObject({ ok: true, value: { form: 'stock_updated' } });
    const named = { ...flat, eventType: 'inventory.stock_updated' };
    expect(parse(named)).toMatchObject({ ok: true, value: { form: 'stock_updated' } });
  });
});

describe('what is refused', () => {
  it.each([
    ['no product', { productId: undefined }],
    ['a product id that is no uuid', { productId: 'mug' }],
    ['a product id with braces', { productId: `{${productId}}` }],
    ['a malformed event id', { eventId: '17' }],
    ['a number as event id', { eventId: 17 }],
    ['no quantity', { newQuantity: undefined }],
    ['null as quantity', { newQuantity: null }],
    ['a negative quantity', { newQuantity: -1 }],
    ['a fraction', { newQuantity: 1.5 }],
    ['text as quantity', { newQuantity: '5' }],
    ['true as quantity', { newQuantity: true }],
    ['more than 32 bits', { newQuantity: 2_147_483_648 }],
    ['infinity', { newQuantity: Infinity }],
    ['a fraction of a previous quantity', { previousQuantity: 0.5 }],
    ['a negative sequence', { sequence: -1 }],
    ['a sequence that is no safe integer', { sequence: 2 ** 53 }],
    ['NUL in the SKU', { sku: 'a\u0000b' }],
    ['a line break in the SKU', { sku: 'a\nb' }],
    ['a lone surrogate', { sku: 'a\ud800' }],
    ['a SKU that is too long', { sku: 'x'.repeat(101) }],
    ['a correlation id that is too long', { correlationId: 'x'.repeat(129) }],
    ['"now" as time', { occurredAt: 'now' }],
    ['infinity as time', { occurredAt: 'infinity' }],
    ['a number as time', { occurredAt: nowMs }],
    ['a time without offset', { occurredAt: '2026-03-01T11:00:00' }],
    ['a day that does not exist', { occurredAt: '2026-02-30T11:00:00Z' }],
    ['a time with endless digits', { occurredAt: `2026-03-01T11:00:00.${'0'.repeat(50)}Z` }],
    ['a time a year ahead', { occurredAt: '2027-03-01T12:00:00Z' }],
    ['a time just too far ahead', { occurredAt: '2026-03-01T12:05:00.001Z' }],
    ['the zero time of Go', { occurredAt: '0001-01-01T00:00:00Z' }],
  ])('%s', (_what, fields) => {
    expect(parse(native(fields))).toMatchObject({ ok: false, code: 'INVALID_MESSAGE' });
  });

  it.each([null, [], 'text', 5, [native({})]])('%p, which is no object', (json) => {
    expect(parse(json)).toMatchObject({ ok: false, code: 'INVALID_MESSAGE' });
  });

  it.each(['InventoryReservedEvent', 'LOW_STOCK', 'order.created', '', 5, {}])(
    'the event type %p',
    (eventType) => {
      expect(parse(native({ eventType }))).toMatchObject({ ok: false, code: 'UNKNOWN_EVENT_TYPE' });
    },
  );

  it.each(['2.0', '0', 1, 'next'])('version %p', (eventVersion) => {
    const envelope = { ...fixture('inventory.stock_level_changed'), eventVersion };
    expect(parse(envelope)).toMatchObject({ ok: false, code: 'UNSUPPORTED_EVENT_VERSION' });
  });

  it('an envelope without version, data or variant', () => {
    const envelope = fixture('inventory.stock_level_changed');
    for (const field of ['eventVersion', 'timestamp', 'data']) {
      expect(parse({ ...envelope, [field]: undefined })).toMatchObject({
        ok: false,
        code: 'INVALID_MESSAGE',
      });
    }
    expect(parse({ ...envelope, data: { newQuantity: 1 } })).toMatchObject({
      code: 'INVALID_MESSAGE',
      issues: [{ path: 'data.productVariantId' }],
    });
  });

  it('a time ahead inside data', () => {
    const envelope = fixture('inventory.stock_level_changed');
    const data = { ...(envelope.data as object), timestamp: '2027-01-01T00:00:00Z' };
    expect(parse({ ...envelope, data })).toMatchObject({ issues: [{ path: 'data.timestamp' }] });
  });
});

describe('what is accepted at the edge', () => {
  it.each([
    ['nothing left', { newQuantity: 0 }],
    ['the largest quantity', { newQuantity: 2_147_483_647 }],
    ['an id of any version', { productId: nil.replace(/0$/, '1') }],
    ['the max id', { productId: nil.replaceAll('0', 'F') }],
    ['a clock four minutes ahead', { occurredAt: '2026-03-01T12:04:59Z' }],
    ['an offset', { occurredAt: '2026-03-01T13:30:00+02:00' }],
    ['nanoseconds', { occurredAt: '2026-03-01T11:30:00.123456789Z' }],
    ['a correlation id that is no uuid', { correlationId: 'req-42/ä' }],
    ['an unknown nested field', { meta: { __proto__: 1, deep: [[[]]] } }],
  ])('%s', (_what, fields) => {
    expect(parse(native(fields))).toMatchObject({ ok: true });
  });

  it('allows another limit for clocks', () => {
    const ahead = native({ occurredAt: '2026-03-01T12:30:00Z' });
    expect(parseInventoryUpdate(ahead, { nowMs, maxFutureMs: 3_600_000 }).ok).toBe(true);
    expect(parseInventoryUpdate(ahead, { nowMs, maxFutureMs: 0 }).ok).toBe(false);
  });
});
