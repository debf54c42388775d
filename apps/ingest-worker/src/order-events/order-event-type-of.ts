import { messageHeaders } from '@inventory-events/contracts';
import type { Message } from '@inventory-events/messaging';

/**
 * What a message is. On its way through an exchange the routing key says so. One that was put
 * straight into the queue, as a redrive does, says it in a header, which nobody reads on the others.
 */
export function orderEventTypeOf({ fields, properties }: Message): string | undefined {
  if (fields.exchange !== '') return fields.routingKey;
  const header: unknown = properties.headers?.[messageHeaders.eventType];
  return typeof header === 'string' ? header : undefined;
}
