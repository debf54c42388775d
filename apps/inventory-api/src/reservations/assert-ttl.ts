import { AppError } from '@inventory-events/errors';

export interface TtlLimits {
  /** For orders that don't say. */
  readonly ttlSeconds: number;
  /** The longest that one may ask for. */
  readonly maxTtlSeconds: number;
}

export function assertTtl(ttlSeconds: number, { maxTtlSeconds }: TtlLimits): void {
  if (ttlSeconds >= 1 && ttlSeconds <= maxTtlSeconds) return;
  const message = `must be 1 to ${maxTtlSeconds}`;
  throw new AppError('INVALID_REQUEST', `The ttlSeconds ${message}.`, {
    details: [{ field: 'body.ttlSeconds', message }],
  });
}
