import type { Message } from '@inventory-events/messaging';
import { decodeStockUpdate } from './decode-stock-update';

const NOW_MS = Date.parse('2026-03-01T12:00:00Z');
const EVENT_ID = '0195512a-0000-7000-8000-000000000001';
const PRODUCT_ID = '0195512a-0000-7000-8000-0000000000aa';
const VARIANT_ID = '0195512a-0000-7000-8000-0000000000bb';
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const native = { eventId: EVENT_ID, productId: PRODUCT_ID, newQuantity: 5 };

function toMessage(body: unknown, properties: object = {}): Message {
  const content = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    content,
    fields: {},
    properties: { contentType: 'application/json', ...properties },
  } as unknown as Message;
}

const decode = (body: unknown, properties?: object) =>
  decodeStockUpdate(toMessage(body, properties), 'inventory.updates', NOW_MS);

function codeOf(body: unknown, properties?: object): unknown {
  try {
    decode(body, properties);
    return 'accepted';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('decodeStockUpdate', () => {
  it('maps the native form', () => {
    const command = decode(
      {
        ...native,
        variantId: VARIANT_ID,
        sku: 'A-1',
        previousQuantity: 7,
        lowStockThreshold: 3,
        sequence: 9,
        occurredAt: '2026-03-01T11:59:00+00:00',
        correlationId: 'order 17',
      },
      { headers: { traceparent: TRACEPARENT } },
    );
    expect(command).toEqual({
      messageId: EVENT_ID,
      source: 'inventory.updates',
      bodyHash: expect.any(Buffer),
      item: { productId: PRODUCT_ID, variantId: VARIANT_ID, warehouseId: null, sku: 'A-1' },
      command: {
        type: 'observe',
        quantity: 5,
        previousQuantity: 7,
        lowStockThreshold: 3,
        sequence: 9,
        occurredAt: NOW_MS - 60_000,
      },
      correlationId: 'order 17',
      traceparent: TRACEPARENT,
    });
    expect(command.bodyHash).toHaveLength(16);
  });

  it.each([
    ['no product', { productVariantId: VARIANT_ID }, VARIANT_ID, null],
    [
      'its product',
      { productVariantId: VARIANT_ID, productId: PRODUCT_ID },
      PRODUCT_ID,
      VARIANT_ID,
    ],
    ['the same product', { productVariantId: PRODUCT_ID, productId: PRODUCT_ID }, PRODUCT_ID, null],
  ])('maps the envelope of a variant with %s', (_, ids, productId, variantId) => {
    const command = decode({
      eventId: EVENT_ID,
      eventType: 'StockLevelChangedEvent',
      eventVersion: '1.0',
      timestamp: '2026-03-01T12:00:00Z',
      sourceService: 'Shop',
      data: { ...ids, newQuantity: 4, oldQuantity: 6, changeType: 'SALE' },
    });
    expect(command.item).toMatchObject({ productId, variantId, warehouseId: null });
    expect(command.command).toMatchObject({
      quantity: 4,
      previousQuantity: 6,
      occurredAt: NOW_MS,
      changeType: 'SALE',
    });
  });

  it('maps inventory.stock_updated', () => {
    const command = decode({
      eventId: EVENT_ID,
      inventoryId: VARIANT_ID,
      productId: PRODUCT_ID,
      sku: 'A-1',
      oldStock: 2,
      newStock: 0,
      timestamp: '2026-03-01T12:00:00Z',
    });
    expect(command.command).toMatchObject({ quantity: 0, previousQuantity: 2, occurredAt: NOW_MS });
  });

  it('falls back to the message id, and to it for the correlation id', () => {
    const anonymous = { ...native, eventId: undefined };
    const command = decode(anonymous, { messageId: EVENT_ID.toUpperCase() });
    expect(command).toMatchObject({ messageId: EVENT_ID, correlationId: EVENT_ID });
    expect(decode(native, { correlationId: 'from the property' }).correlationId).toBe(
      'from the property',
    );
    expect(decode(native, { correlationId: 'nul \u0000' }).correlationId).toBe(EVENT_ID);
    expect(codeOf(anonymous)).toBe('MISSING_EVENT_ID');
    expect(codeOf(anonymous, { messageId: '17' })).toBe('INVALID_MESSAGE');
  });

  it('drops a trace context that is none', () => {
    const headers = { traceparent: '00-nothing' };
    expect(decode(native, { headers }).traceparent).toBeUndefined();
  });

  it.each([
    [undefined, undefined],
    ['application/json; charset=utf-8', 'utf-8'],
    ['Application/JSON', 'UTF-8'],
    ['application/json;charset=UTF-8', 'identity'],
  ])('accepts content type %s with encoding %s', (contentType, contentEncoding) => {
    expect(codeOf(native, { contentType, contentEncoding })).toBe('accepted');
  });

  it.each([
    ['not JSON', 'not json', 'MALFORMED_JSON'],
    ['an empty body', '', 'MALFORMED_JSON'],
    ['an array', [native], 'INVALID_MESSAGE'],
    ['null', 'null', 'INVALID_MESSAGE'],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'INVALID_ENCODING'],
    ['256 KiB and more', { ...native, pad: 'x'.repeat(256 * 1024) }, 'MESSAGE_TOO_LARGE'],
    ['5 000 levels', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 'NESTING_TOO_DEEP'],
    ['equal keys', `{"newQuantity":1,${JSON.stringify(native).slice(1)}`, 'DUPLICATE_JSON_KEY'],
    ['an unknown type', { ...native, eventType: 'OrderPlaced' }, 'UNKNOWN_EVENT_TYPE'],
    ['another version', { ...native, eventVersion: '2.0' }, 'UNSUPPORTED_EVENT_VERSION'],
    ['a malformed event id', { ...native, eventId: '17' }, 'INVALID_MESSAGE'],
    ['no product', { eventId: EVENT_ID, newQuantity: 1 }, 'INVALID_MESSAGE'],
    ['a malformed product', { ...native, productId: 'A-1' }, 'INVALID_MESSAGE'],
    ['a negative quantity', { ...native, newQuantity: -1 }, 'INVALID_MESSAGE'],
    ['a fraction', { ...native, newQuantity: 1.5 }, 'INVALID_MESSAGE'],
    ['a quantity in a string', { ...native, newQuantity: '5' }, 'INVALID_MESSAGE'],
    ['a huge quantity', { ...native, newQuantity: 2 ** 31 }, 'INVALID_MESSAGE'],
    ['NUL in a string', { ...native, sku: 'a\u0000b' }, 'INVALID_MESSAGE'],
    ['"now" as time', { ...native, occurredAt: 'now' }, 'INVALID_MESSAGE'],
    ['a time a year ahead', { ...native, occurredAt: '2027-03-01T12:00:00Z' }, 'INVALID_MESSAGE'],
  ])('refuses %s', (_, body, code) => {
    expect(codeOf(body)).toBe(code);
  });

  it.each([
    [{ contentType: 'text/plain' }, 'UNSUPPORTED_CONTENT_TYPE'],
    [{ contentType: 'application/json; charset=latin1' }, 'UNSUPPORTED_CONTENT_TYPE'],
    [{ contentEncoding: 'gzip' }, 'UNSUPPORTED_CONTENT_ENCODING'],
  ])('refuses %j', (properties, code) => {
    expect(codeOf(native, properties)).toBe(code);
  });

  it('never quotes the body in a reason', () => {
    const secret = 'card 4111';
    for (const body of [`{"${secret}`, { ...native, newQuantity: secret }]) {
      expect(() => decode(body)).toThrow(expect.not.stringContaining(secret));
    }
  });
});
