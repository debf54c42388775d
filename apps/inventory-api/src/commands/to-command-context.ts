import { createHash, randomUUID } from 'node:crypto';
import type { Caller } from './caller';

export interface CommandContext {
  messageId: string;
  source: string;
  bodyHash: Buffer;
  correlationId: string;
  traceparent: string;
  performedBy?: string | undefined;
  keepResult: true;
}

/**
 * What every command of a request carries. An idempotency key belongs to the operation and the
 * subject that sent it; the id is made of all three, so that nobody can meet another's key.
 * `request` is what was asked, for telling a repetition from another request under the same key.
 */
export function toCommandContext(
  caller: Caller,
  operation: string,
  request: unknown,
): CommandContext {
  const { subject, correlationId, traceparent, idempotencyKey, transport } = caller;
  return {
    messageId:
      idempotencyKey === undefined
        ? randomUUID()
        : toUuid(JSON.stringify([operation, subject ?? null, idempotencyKey])),
    source: transport,
    bodyHash: digest(JSON.stringify([operation, request])),
    correlationId,
    traceparent,
    performedBy: subject,
    keepResult: true,
  };
}

/** RFC 9562, version 8: what is hashed is our own affair. */
export function toUuid(text: string): string {
  const bytes = digest(text).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join('-');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
