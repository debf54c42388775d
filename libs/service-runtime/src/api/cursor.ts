import { z } from './zod';

/**
 * Cursors are opaque to clients: the place behind the last entry of a page, as bytes in base64url.
 * An event's place is its id; a parked event's is the time it was parked and its id.
 */
const UUID_BYTES = 16;
const TIME_BYTES = 8;

export function toEventCursor(id: string): string {
  return uuidToBytes(id).toString('base64url');
}

export function toTimedCursor(at: Date, id: string): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(BigInt(at.getTime()));
  return Buffer.concat([time, uuidToBytes(id)]).toString('base64url');
}

export const eventCursorField = cursorField(UUID_BYTES, bytesToUuid);

export const timedCursorField = cursorField(TIME_BYTES + UUID_BYTES, (bytes) => {
  const at = new Date(Number(bytes.readBigUInt64BE()));
  return Number.isNaN(at.getTime())
    ? undefined
    : { at, id: bytesToUuid(bytes.subarray(TIME_BYTES)) };
});

function cursorField<Place>(sizeBytes: number, decode: (bytes: Buffer) => Place | undefined) {
  return z
    .string()
    .transform((text, context) => {
      const bytes = Buffer.from(text, 'base64url');
      // Decoding skips what it doesn't know; only what encodes to the same text was ours.
      const isOurs = bytes.length === sizeBytes && bytes.toString('base64url') === text;
      const place = isOurs ? decode(bytes) : undefined;
      if (place !== undefined) return place;
      context.addIssue({ code: 'custom', message: 'is not a cursor of this list' });
      return z.NEVER;
    })
    .optional()
    .openapi({ type: 'string', description: '`nextCursor` of the page before.' });
}

function uuidToBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function bytesToUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join('-');
}
