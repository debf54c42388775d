import type { AppError } from '@inventory-events/errors';
import type { Message, MessageProperties, Options } from 'amqplib';
import { deadLetterHeaders } from './dead-letter-headers';

const MAX_MESSAGE_LENGTH = 500;
/** Headers travel in one frame of at most 128 KiB. */
const MAX_HEADERS_LENGTH = 64 * 1024;
// eslint-disable-next-line no-control-regex -- control characters are what it removes
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]+/g;

/**
 * The properties of a dead letter: those of the message with the reason added. What would act on
 * the copy is kept under another name: CC and BCC would send it elsewhere as well, an expiration
 * would delete it, and a foreign user id makes the broker refuse it.
 */
export function toDeadLetterProperties(message: Message, error: AppError): Options.Publish {
  return {
    ...withoutUndefined({ ...message.properties, expiration: undefined, userId: undefined }),
    persistent: true,
    headers: {
      ...keptHeaders(message.properties),
      ...renamed(message.properties),
      [deadLetterHeaders.errorCode]: error.code,
      [deadLetterHeaders.errorMessage]: oneLine(error.message),
      ...attempts(error),
      [deadLetterHeaders.originalExchange]: message.fields.exchange,
      [deadLetterHeaders.originalRoutingKey]: message.fields.routingKey,
    },
  };
}

/** For headers that the client library can read but not write, or that leave no room for ours. */
export function withHeadersAsText(properties: Options.Publish, message: Message): Options.Publish {
  const own = Object.values<string>(deadLetterHeaders);
  const headers: Record<string, unknown> = properties.headers ?? {};
  const kept = Object.entries(headers).filter(([name, value]) => {
    return own.includes(name) && typeof value === 'string' && value.length <= MAX_MESSAGE_LENGTH;
  });
  const text = JSON.stringify(message.properties.headers ?? {}).slice(0, MAX_HEADERS_LENGTH / 4);
  return {
    ...properties,
    headers: { ...Object.fromEntries(kept), [deadLetterHeaders.originalHeaders]: text },
  };
}

export function hasOversizedHeaders(properties: Options.Publish): boolean {
  return JSON.stringify(properties.headers ?? {}).length > MAX_HEADERS_LENGTH;
}

function keptHeaders({ headers }: MessageProperties): Record<string, unknown> {
  return withoutUndefined({ ...headers, CC: undefined, BCC: undefined });
}

function renamed({ headers, expiration, userId }: MessageProperties): Record<string, unknown> {
  return withoutUndefined({
    [deadLetterHeaders.originalCc]: headers?.CC,
    [deadLetterHeaders.originalBcc]: headers?.BCC,
    [deadLetterHeaders.originalExpiration]: expiration,
    [deadLetterHeaders.originalUserId]: userId,
  });
}

function attempts({ details }: AppError): Record<string, number> {
  const hasCount = typeof details === 'object' && details !== null && 'attempts' in details;
  const count = hasCount ? Number(details.attempts) : Number.NaN;
  return Number.isInteger(count) ? { [deadLetterHeaders.attempts]: count } : {};
}

function oneLine(text: string): string {
  return text.replace(CONTROL_CHARACTERS, ' ').slice(0, MAX_MESSAGE_LENGTH);
}

function withoutUndefined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
