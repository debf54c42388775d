import { deadLetterHeaders, type Message } from '@inventory-events/messaging';

/** A message that was given up, as operators see it. */
export interface DeadLetter {
  readonly queue: string;
  readonly messageId: string | null;
  readonly type: string | null;
  readonly correlationId: string | null;
  readonly errorCode: string;
  readonly errorMessage: string | null;
  readonly originalExchange: string | null;
  readonly originalRoutingKey: string | null;
  readonly contentType: string | null;
  readonly sizeBytes: number;
  /** The beginning of the body as text; bytes that are no UTF-8 show as U+FFFD. */
  readonly body: string;
  readonly bodyIsCut: boolean;
}

const MAX_SHOWN_BYTES = 16 * 1024;

export function toDeadLetter(queue: string, message: Message): DeadLetter {
  const { properties, content } = message;
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  return {
    queue,
    messageId: textOrNull(properties.messageId),
    type: textOrNull(properties.type),
    correlationId: textOrNull(properties.correlationId),
    errorCode: textOrNull(headers[deadLetterHeaders.errorCode]) ?? brokersReason(headers),
    errorMessage: textOrNull(headers[deadLetterHeaders.errorMessage]),
    originalExchange: textOrNull(headers[deadLetterHeaders.originalExchange]),
    originalRoutingKey: textOrNull(headers[deadLetterHeaders.originalRoutingKey]),
    contentType: textOrNull(properties.contentType),
    sizeBytes: content.length,
    body: content.subarray(0, MAX_SHOWN_BYTES).toString('utf8'),
    bodyIsCut: content.length > MAX_SHOWN_BYTES,
  };
}

/** Without our header it was the broker that gave the message up, after its delivery limit. */
function brokersReason(headers: Readonly<Record<string, unknown>>): string {
  const deaths = headers['x-death'];
  const first: unknown = Array.isArray(deaths) ? deaths[0] : undefined;
  const isLimit = first !== null && typeof first === 'object' && 'reason' in first;
  return isLimit && first.reason === 'delivery_limit' ? 'ATTEMPTS_EXHAUSTED' : 'UNKNOWN';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
