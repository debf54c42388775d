/** AMQP headers of published events and of dead letters. */
export const messageHeaders = {
  /** The item of an event: equal ids arrive in the order of their sequence. */
  itemId: 'x-item-id',
  sequence: 'x-sequence',
  /** W3C trace context. */
  traceparent: 'traceparent',
  /** Why a message was dead-lettered: a code from a closed list, and one sentence. */
  errorCode: 'x-error-code',
  errorMessage: 'x-error-message',
} as const;

export const CONTENT_TYPE = 'application/json';
