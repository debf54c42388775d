import { randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The caller's where it is well-formed, a new one otherwise. */
export function toCorrelationId(given: string | undefined): string {
  return given !== undefined && UUID.test(given) ? given.toLowerCase() : randomUUID();
}
