import { limits, messageHeaders } from '@inventory-events/contracts';
import { AppError } from '@inventory-events/errors';
import type { Message } from '@inventory-events/messaging';
import { parseTraceparent } from '@inventory-events/service-runtime';
import type { LedgerCommand } from '@inventory-events/stock-ledger';
import { hash } from 'node:crypto';

/** What the ledger has to know of a message, whatever it asks for. */
export type MessageContext = Required<
  Pick<LedgerCommand, 'messageId' | 'source' | 'bodyHash' | 'correlationId'>
> &
  Pick<LedgerCommand, 'traceparent'>;

export interface ContextInBody {
  readonly eventId?: string | undefined;
  readonly correlationId?: string | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// eslint-disable-next-line no-control-regex -- control characters are what it refuses
const PRINTABLE = /^[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]+$/u;
const BODY_HASH_BYTES = 16;

/** What the body says of its id and trace goes before what the properties say. */
export function readMessageContext(
  message: Message,
  body: ContextInBody,
  source: string,
): MessageContext {
  const messageId = body.eventId ?? messageIdOf(message);
  return {
    messageId,
    source,
    bodyHash: hash('sha256', message.content, 'buffer').subarray(0, BODY_HASH_BYTES),
    correlationId: body.correlationId ?? correlationIdOf(message) ?? messageId,
    traceparent: traceparentOf(message),
  };
}

/** The AMQP property stands in for an eventId that the body doesn't have. */
function messageIdOf({ properties }: Message): string {
  const messageId: unknown = properties.messageId;
  if (typeof messageId !== 'string' || messageId === '') {
    throw new AppError('MISSING_EVENT_ID', 'neither an eventId nor the property messageId is set');
  }
  if (!UUID.test(messageId)) {
    throw new AppError('INVALID_MESSAGE', 'messageId: not a UUID, and there is no eventId');
  }
  return messageId.toLowerCase();
}

/** Only a help for tracing: one that can't be carried along is left out, the message counts. */
function correlationIdOf({ properties }: Message): string | undefined {
  const correlationId: unknown = properties.correlationId;
  if (typeof correlationId !== 'string') return undefined;
  if (correlationId.length > limits.maxCorrelationIdLength) return undefined;
  return PRINTABLE.test(correlationId) ? correlationId : undefined;
}

function traceparentOf({ properties }: Message): string | undefined {
  const header: unknown = properties.headers?.[messageHeaders.traceparent];
  if (header === undefined) return undefined;
  return typeof header === 'string' && parseTraceparent(header) ? header : undefined;
}
