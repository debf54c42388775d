import { z } from 'zod';

/**
 * Printable text: no control characters (PostgreSQL can't store NUL, logs and headers suffer from
 * the rest) and no lone surrogates (they can't be written as UTF-8). Written with ranges instead
 * of \p{…}, so that JSON Schema validators in other languages understand the pattern too.
 */
// eslint-disable-next-line no-control-regex -- control characters are what it refuses
const PRINTABLE = /^[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$/u;

export const MAX_CORRELATION_ID_LENGTH = 128;
export const MAX_SKU_LENGTH = 100;
export const MAX_REASON_LENGTH = 255;

/** Printable text of a bounded length; may be empty. */
export function printableText(maxLength: number): z.ZodString {
  return z.string().max(maxLength).regex(PRINTABLE, 'control characters are not allowed');
}
