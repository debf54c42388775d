import type { Message } from 'amqplib';
import { deliveryCount } from './delivery-count';

const message = (redelivered: boolean, headers?: Record<string, unknown>) =>
  ({ fields: { redelivered }, properties: { headers } }) as unknown as Message;

describe('deliveryCount', () => {
  it('is the header of a redelivered message', () => {
    expect(deliveryCount(message(true, { 'x-delivery-count': 4 }))).toBe(4);
  });

  it('is one when a queue does not count', () => {
    expect(deliveryCount(message(true))).toBe(1);
    expect(deliveryCount(message(true, { 'x-delivery-count': 'many' }))).toBe(1);
  });

  it('is zero on the first delivery, whatever the publisher wrote', () => {
    expect(deliveryCount(message(false, { 'x-delivery-count': 99 }))).toBe(0);
  });
});
