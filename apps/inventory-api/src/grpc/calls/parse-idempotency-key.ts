import type { Metadata } from 'nice-grpc';
import { idempotencyHeaders } from '../../http/idempotency-headers';
import { IDEMPOTENCY_KEY } from './metadata-keys';
import { parseMessage } from './parse-message';

/** What the HTTP header of that name may be. */
export function parseIdempotencyKey(metadata: Metadata): string | undefined {
  const key = metadata.get(IDEMPOTENCY_KEY);
  if (key === undefined) return undefined;
  const given = { [IDEMPOTENCY_KEY]: key };
  return parseMessage(idempotencyHeaders, given, 'metadata')[IDEMPOTENCY_KEY];
}
