import { CONTENT_TYPE, limits } from '@inventory-events/contracts';
import { AppError } from '@inventory-events/errors';
import type { Message } from '@inventory-events/messaging';
import { countKeys, measureJson } from './measure-json';

const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?$/i;
/** Several client libraries write the character set here. */
const PLAIN_ENCODING = /^(utf-?8|identity)?$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON of a message, or an AppError with the reason why it can't be taken for one. */
export function parseJsonBody({ content, properties }: Message): unknown {
  assertReadable(properties.contentType, properties.contentEncoding);
  if (content.length > limits.maxBodyBytes) {
    throw new AppError(
      'MESSAGE_TOO_LARGE',
      `${content.length} bytes, at most ${limits.maxBodyBytes} are accepted`,
    );
  }
  const text = decodeUtf8(content);
  const { depth, keys } = measureJson(content);
  if (depth > limits.maxNestingDepth) {
    throw new AppError(
      'NESTING_TOO_DEEP',
      `nested ${depth} deep, at most ${limits.maxNestingDepth} levels are accepted`,
    );
  }
  const json = parse(text);
  if (countKeys(json) !== keys) {
    throw new AppError('DUPLICATE_JSON_KEY', 'an object has the same key twice');
  }
  return json;
}

function assertReadable(contentType: unknown, contentEncoding: unknown): void {
  const isJson =
    contentType === CONTENT_TYPE ||
    contentType === undefined ||
    (typeof contentType === 'string' && JSON_TYPE.test(contentType));
  if (!isJson) {
    throw new AppError('UNSUPPORTED_CONTENT_TYPE', `only ${CONTENT_TYPE} in UTF-8 is accepted`);
  }
  const isPlain =
    contentEncoding === undefined ||
    (typeof contentEncoding === 'string' && PLAIN_ENCODING.test(contentEncoding));
  if (!isPlain) {
    throw new AppError('UNSUPPORTED_CONTENT_ENCODING', 'compressed bodies are not accepted');
  }
}

function decodeUtf8(content: Buffer): string {
  try {
    return utf8.decode(content);
  } catch (cause) {
    throw new AppError('INVALID_ENCODING', 'the body is not valid UTF-8', { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The parser's own message quotes the body, which may hold anything.
    throw new AppError('MALFORMED_JSON', 'the body is not valid JSON', { cause });
  }
}
