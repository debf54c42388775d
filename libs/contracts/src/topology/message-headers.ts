/** AMQP headers of published events, of order messages and of dead letters. */
export const messageHeaders = {
  /** The item of an event: equal ids arrive in the order of their sequence. */
  itemId: 'x-item-id',
  sequence: 'x-sequence',
  /** W3C trace context. */
  traceparent: 'traceparent',
  /** What a message is that was put straight into `inventory.orders`, where no routing key says it. */
  eventType: 'x-event-type',
  /** Why a message was dead-lettered: a code from a closed list, and one sentence. */
  errorCode: 'x-error-code',
  errorMessage: 'x-error-message',
} as const;

export const CONTENT_TYPE = 'application/json';
