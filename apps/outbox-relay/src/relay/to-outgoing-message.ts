import { CONTENT_TYPE, messageHeaders, topology } from '@inventory-events/contracts';
import type { PendingEvent } from '@inventory-events/data-access';
import type { OutgoingMessage } from '@inventory-events/messaging';

/** AMQP's short strings, of which the properties consist. */
const MAX_PROPERTY_BYTES = 255;

/** The stored envelope as it stands, with the properties that consumers route and dedupe by. */
export function toOutgoingMessage(event: PendingEvent): OutgoingMessage {
  const headers: Record<string, unknown> = {
    [messageHeaders.itemId]: event.itemId,
    [messageHeaders.sequence]: event.sequence,
  };
  if (event.traceparent !== null) headers[messageHeaders.traceparent] = event.traceparent;
  return {
    exchange: topology.exchanges.events,
    routingKey: event.routingKey,
    content: Buffer.from(event.payload),
    properties: {
      mandatory: true,
      persistent: true,
      messageId: event.eventId,
      type: event.eventType,
      contentType: CONTENT_TYPE,
      ...correlationOf(event),
      timestamp: Math.floor(event.createdAtMs / 1000),
      headers,
    },
  };
}

/** A longer one is valid, and would make the event unpublishable: the envelope has it all the same. */
function correlationOf({ correlationId }: PendingEvent): { correlationId?: string } {
  return Buffer.byteLength(correlationId) <= MAX_PROPERTY_BYTES ? { correlationId } : {};
}
