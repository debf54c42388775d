const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

export interface JsonMeasure {
  readonly depth: number;
  /** Keys written, a repeated one counted each time. */
  readonly keys: number;
}

/**
 * One pass over the bytes before they are parsed: JSON.parse takes any depth, and keeps the last of
 * equal keys without a word. Exact for valid JSON, where every colon outside a string ends a key;
 * what it says of anything else doesn't matter, because parsing fails then.
 */
export function measureJson(body: Uint8Array): JsonMeasure {
  let inString = false;
  let open = 0;
  let depth = 0;
  let keys = 0;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (byte === COLON) {
      keys += 1;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      open += 1;
      if (open > depth) depth = open;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      open -= 1;
    }
  }
  return { depth, keys };
}

/** Keys that a parsed value has, at every level. Fewer than were written means duplicates. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value) count += countKeys(element);
    return count;
  }
  for (const key of Object.keys(value)) {
    count += 1 + countKeys((value as Record<string, unknown>)[key]);
  }
  return count;
}
