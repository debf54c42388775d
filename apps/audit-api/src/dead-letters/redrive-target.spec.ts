import type { Message } from '@inventory-events/messaging';
import { redriveTarget } from './redrive-target';
import { toRedrivenProperties } from './to-redriven-properties';

const message = (headers: Record<string, unknown>): Message =>
  ({ content: Buffer.alloc(0), fields: {}, properties: { headers } }) as unknown as Message;
const home = { exchange: '', routingKey: 'inventory.updates' };
const targetOf = (headers: Record<string, unknown>) =>
  redriveTarget('inventory.updates.dlq', message(headers));

describe('redriveTarget', () => {
  it.each([
    ['', 'inventory.updates'],
    ['', 'inventory.updates.0'],
    ['', 'inventory.updates.63'],
    ['inventory.updates', 'a-product'],
  ])('exchange %j, key %j: back there', (exchange, routingKey) => {
    const headers = { 'x-original-exchange': exchange, 'x-original-routing-key': routingKey };
    expect(targetOf(headers)).toEqual({ exchange, routingKey });
  });

  it('takes the first death where the broker gave the message up', () => {
    const death = {
      exchange: '',
      'routing-keys': ['inventory.updates.2'],
      reason: 'delivery_limit',
    };
    const later = { exchange: 'inventory.dlx', 'routing-keys': ['x'], reason: 'expired' };
    expect(targetOf({ 'x-death': [later, death] })).toEqual({
      exchange: '',
      routingKey: 'inventory.updates.2',
    });
  });

  it.each([
    {},
    { 'x-original-exchange': '', 'x-original-routing-key': 'inventory.updates.dlq' },
    { 'x-original-exchange': '', 'x-original-routing-key': 'inventory.updatesX' },
    { 'x-original-exchange': 'amq.topic', 'x-original-routing-key': 'inventory.updates' },
    { 'x-original-exchange': null },
    { 'x-death': [null] },
    { 'x-death': [{ exchange: '', 'routing-keys': 'inventory.updates.1' }] },
    { 'x-death': {} },
  ])('%j: home', (headers) => expect(targetOf(headers)).toEqual(home));

  it.each([
    [
      'the worker',
      { 'x-original-exchange': 'order.events', 'x-original-routing-key': 'order.created' },
      { 'x-event-type': 'order.created' },
    ],
    [
      'the broker',
      { 'x-death': [{ exchange: 'product.events', 'routing-keys': ['product.created'] }] },
      { 'x-event-type': 'product.created' },
    ],
    [
      'the worker, after a redrive',
      { 'x-original-exchange': '', 'x-original-routing-key': 'inventory.orders' },
      {},
    ],
    ['nobody knows whom', {}, {}],
  ])('sends orders dead-lettered by %s home, and says what they are', (_, headers, added) => {
    const target = { exchange: '', routingKey: 'inventory.orders', headers: added };
    expect(redriveTarget('inventory.orders.dlq', message(headers))).toEqual(target);
  });
});

describe('toRedrivenProperties', () => {
  it('adds what a message is, and keeps it at the next redrive', () => {
    const first = toRedrivenProperties(message({}), { 'x-event-type': 'order.created' });
    const again = toRedrivenProperties(message(first['headers'] as Record<string, unknown>), {});
    expect(again['headers']).toEqual({ 'x-event-type': 'order.created', 'x-redrive-count': 2 });
  });

  it('counts, and survives a forged count', () => {
    const countOf = (headers: Record<string, unknown>) =>
      (toRedrivenProperties(message(headers))['headers'] as Record<string, unknown>)[
        'x-redrive-count'
      ];
    expect(countOf({})).toBe(1);
    expect(countOf({ 'x-redrive-count': 4 })).toBe(5);
    expect(countOf({ 'x-redrive-count': 'many' })).toBe(1);
  });
});
