import type { Message } from 'amqplib';

/**
 * How often the broker delivered this message before. Quorum queues say it in a header, which is
 * believed on redelivered messages only: on others it could be the publisher's invention.
 */
export function deliveryCount(message: Message): number {
  if (!message.fields.redelivered) return 0;
  const counted: unknown = message.properties.headers?.['x-delivery-count'];
  return typeof counted === 'number' && counted >= 1 ? Math.trunc(counted) : 1;
}
