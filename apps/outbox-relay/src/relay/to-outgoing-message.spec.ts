import type { PendingEvent } from '@inventory-events/data-access';
import { toOutgoingMessage } from './to-outgoing-message';

const event: PendingEvent = {
  position: 7,
  partition: 3,
  itemId: '0198c0de-0000-7000-8000-000000000001',
  eventId: '0198c0df-0000-7000-8000-000000000001',
  eventType: 'LOW_STOCK',
  sequence: 4,
  routingKey: 'inventory.threshold.low_stock',
  correlationId: 'c-1',
  payload: '{"eventId":"0198c0df-0000-7000-8000-000000000001"}',
  traceparent: null,
  createdAtMs: 1_700_000_000_500,
  attempts: 0,
  retryInMs: null,
};

describe('toOutgoingMessage', () => {
  it('publishes the envelope as it stands, with what consumers route and dedupe by', () => {
    const { content, routingKey, properties } = toOutgoingMessage(event);
    expect(content.toString()).toBe(event.payload);
    expect(routingKey).toBe(event.routingKey);
    expect(properties).toMatchObject({
      mandatory: true,
      persistent: true,
      messageId: event.eventId,
      correlationId: 'c-1',
      headers: { 'x-item-id': event.itemId, 'x-sequence': 4 },
    });
  });

  it.each([
    ['255 bytes', 'x'.repeat(255), true],
    ['128 characters of 384 bytes', '€'.repeat(128), false],
  ])('with a correlation id of %s has one that AMQP can carry', (_, correlationId, isCarried) => {
    const { properties } = toOutgoingMessage({ ...event, correlationId });
    expect('correlationId' in properties).toBe(isCarried);
  });
});
