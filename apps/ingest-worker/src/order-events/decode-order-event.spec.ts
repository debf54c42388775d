import type { Message } from '@inventory-events/messaging';
import { decodeOrderEvent } from './decode-order-event';

const NOW_MS = Date.parse('2026-03-01T12:00:00Z');
const EVENT_ID = '0195512a-0000-7000-8000-000000000001';
const ORDER_ID = '0195512a-0000-7000-8000-0000000000cc';
const PRODUCT_ID = '0195512a-0000-7000-8000-0000000000aa';
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const created = { eventId: EVENT_ID, orderId: ORDER_ID, items: [{ sku: 'MUG', quantity: 1 }] };

interface Delivery {
  exchange?: string;
  routingKey?: string;
  properties?: object;
}

function decode(body: unknown, { exchange = 'order.events', ...delivery }: Delivery = {}) {
  const { routingKey = 'order.created', properties } = delivery;
  const message = {
    content: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    fields: { exchange, routingKey },
    properties: { contentType: 'application/json', ...properties },
  };
  return decodeOrderEvent(message as unknown as Message, 'inventory.orders', NOW_MS);
}

function codeOf(body: unknown, delivery?: Delivery): unknown {
  try {
    return decode(body, delivery) === 'ignored' ? 'ignored' : 'accepted';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('decodeOrderEvent', () => {
  it('reads what the routing key says, with the trace', () => {
    const properties = { headers: { traceparent: TRACEPARENT }, correlationId: 'checkout 7' };
    expect(decode(created, { properties })).toEqual({
      context: {
        messageId: EVENT_ID,
        source: 'inventory.orders',
        bodyHash: expect.any(Buffer),
        correlationId: 'checkout 7',
        traceparent: TRACEPARENT,
      },
      event: { type: 'order.created', message: expect.objectContaining({ orderId: ORDER_ID }) },
    });
  });

  it.each([
    ['payment.successful', { orderId: ORDER_ID }],
    ['payment.failed', { orderId: ORDER_ID, reason: 'card declined' }],
    ['order.cancelled', { orderId: ORDER_ID }],
    ['product.created', { productId: PRODUCT_ID }],
  ])('reads %s', (routingKey, body) => {
    const event = { type: routingKey, message: body };
    expect(decode({ eventId: EVENT_ID, ...body }, { routingKey })).toMatchObject({ event });
  });

  it.each(['order.shipped', 'order.created.v2', 'payment.refunded', 'product.updated', 'order'])(
    'leaves %s to others, whatever is in it',
    (routingKey) => {
      const properties = {
        contentType: 'text/plain',
        headers: { 'x-event-type': 'order.created' },
      };
      expect(codeOf('not even JSON', { routingKey, properties })).toBe('ignored');
    },
  );

  it('reads what was put straight into the queue by its header', () => {
    const straight = { exchange: '', routingKey: 'inventory.orders' };
    const typed = (type: unknown) => ({
      ...straight,
      properties: { headers: { 'x-event-type': type } },
    });
    expect(codeOf(created, typed('order.created'))).toBe('accepted');
    expect(codeOf(created, typed('order.shipped'))).toBe('UNKNOWN_EVENT_TYPE');
    expect(codeOf(created, typed(7))).toBe('UNKNOWN_EVENT_TYPE');
    expect(codeOf(created, straight)).toBe('UNKNOWN_EVENT_TYPE');
    expect(codeOf(created, { ...straight, routingKey: 'order.created' })).toBe(
      'UNKNOWN_EVENT_TYPE',
    );
  });

  const lines = (items: unknown) => ({ ...created, items });
  const line = { productId: PRODUCT_ID, quantity: 1 };

  it.each([
    ['not JSON', 'items', 'MALFORMED_JSON'],
    ['an array', [created], 'INVALID_MESSAGE'],
    ['no order id', { ...created, orderId: undefined }, 'INVALID_MESSAGE'],
    ['no event id', { ...created, eventId: undefined }, 'MISSING_EVENT_ID'],
    ['another version', { ...created, eventVersion: '2.0' }, 'UNSUPPORTED_EVENT_VERSION'],
    ['no lines', lines([]), 'INVALID_MESSAGE'],
    ['no units', lines([{ ...line, quantity: 0 }]), 'INVALID_MESSAGE'],
    ['fewer than no units', lines([{ ...line, quantity: -1 }]), 'INVALID_MESSAGE'],
    ['half a unit', lines([{ ...line, quantity: 0.5 }]), 'INVALID_MESSAGE'],
    ['too many units', lines([{ ...line, quantity: 2 ** 31 }]), 'INVALID_MESSAGE'],
    ['a line of nothing', lines([{ quantity: 1 }]), 'INVALID_MESSAGE'],
    ['a time to hold of no length', { ...created, ttlSeconds: 0 }, 'INVALID_MESSAGE'],
    ['a time a year ahead', { ...created, timestamp: '2027-03-01T12:00:00Z' }, 'INVALID_MESSAGE'],
  ])('refuses %s', (_what, body, code) => {
    expect(codeOf(body)).toBe(code);
  });
});
