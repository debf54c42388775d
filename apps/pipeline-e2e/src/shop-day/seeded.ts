import { createHash } from 'node:crypto';

/** A number in [0, below) that depends on the words alone, so that every run has the same day. */
export function seededInt(below: number, ...words: readonly (string | number)[]): number {
  return digest(words).readUInt32BE(0) % below;
}

/** A UUID (version 8: made of a hash) that depends on the words alone. */
export function seededUuid(...words: readonly (string | number)[]): string {
  const bytes = digest(words).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

function digest(words: readonly (string | number)[]): Buffer {
  return createHash('sha256').update(words.join('\n')).digest();
}
