import { randomBytes } from 'node:crypto';

const COUNTER_LIMIT = 0x3ffff;

export interface UuidV7Source {
  /** Strictly greater than every id that this source gave before, for the same or a later time. */
  next(): string;
}

/**
 * UUIDv7 ids (RFC 9562) of one millisecond, in order: 18 bits of counter behind the time, then 56
 * random bits. A counter that runs over borrows from the next millisecond.
 */
export function createUuidV7Source(epochMs: number): UuidV7Source {
  let ms = epochMs;
  let counter = randomBytes(2).readUInt16BE(0);
  let pool = randomBytes(7 * 128);
  let used = 0;
  let prefix = timePrefix(ms);
  return {
    next() {
      counter += 1;
      if (counter > COUNTER_LIMIT) {
        ms += 1;
        counter = 0;
        prefix = timePrefix(ms);
      }
      if (used === pool.length) {
        pool = randomBytes(pool.length);
        used = 0;
      }
      const random = pool.toString('hex', used, used + 7);
      used += 7;
      // 12 counter bits stand behind the version, the other 6 behind the variant.
      const high = (0x7000 | (counter >>> 6)).toString(16);
      const low = (0x80 | (counter & 0x3f)).toString(16);
      return `${prefix}-${high}-${low}${random.slice(0, 2)}-${random.slice(2)}`;
    },
  };
}

function timePrefix(epochMs: number): string {
  const hex = epochMs.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
