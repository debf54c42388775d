import { CONTENT_TYPE, messageHeaders, topology } from '@inventory-events/contracts';
import type { PendingEvent } from '@inventory-events/data-access';
import type { OutgoingMessage } from '@inventory-events/messaging';

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
      correlationId: event.correlationId,
      timestamp: Math.floor(event.createdAtMs / 1000),
      headers,
    },
  };
}
