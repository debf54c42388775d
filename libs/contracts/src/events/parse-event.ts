import { isJsonObject } from '../parsing/is-json-object';
import { failure, type ParseResult, parseWith } from '../parsing/parse-result';
import { versionFailure } from '../parsing/supported-version';
import { type AnyEvent, eventSchemas, isEventType } from './event-schemas';

/**
 * Reads an event as it came from the broker: the body's bytes, its text, or JSON already parsed.
 * Fields that this version doesn't know are dropped, so a newer 1.x producer is no problem. An
 * UNKNOWN_EVENT_TYPE is a new kind of event: acknowledge it and go on.
 */
export function parseEvent(body: unknown): ParseResult<AnyEvent> {
  const decoded = decode(body);
  if (!decoded.ok) return decoded;
  const json = decoded.value;
  if (!isJsonObject(json)) return failure('INVALID_MESSAGE', 'an event is a JSON object');
  if (!isEventType(json.eventType)) {
    return failure('UNKNOWN_EVENT_TYPE', 'not an event of this package', 'eventType');
  }
  return versionFailure(json) ?? parseWith(eventSchemas[json.eventType], json);
}

function decode(body: unknown): ParseResult<unknown> {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return { ok: true, value: body };
  try {
    const text =
      typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
    return { ok: true, value: JSON.parse(text) };
  } catch {
    // Both ways to get here, bad UTF-8 and bad JSON, mean the same to the reader.
    return failure('MALFORMED_JSON', 'not a JSON document in UTF-8');
  }
}
