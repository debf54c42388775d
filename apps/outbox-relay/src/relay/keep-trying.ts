import { coerceError } from '@inventory-events/errors';
import { createBackoff, type Logger } from '@inventory-events/service-runtime';
import { setTimeout as delay } from 'node:timers/promises';

export interface KeepTryingOptions {
  readonly what: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/**
 * Repeats work on the database until it succeeds: what the broker has confirmed must not be
 * forgotten because the database is away. Undefined when it was told to give up first.
 */
export async function keepTrying<T>(
  work: () => Promise<T>,
  { what, logger, signal }: KeepTryingOptions,
): Promise<T | undefined> {
  const backoff = createBackoff({ initialMs: 100, maxMs: 2000 });
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      logger.warn({ err: coerceError(error) }, `${what} failed, will try again`);
      await delay(backoff.nextDelayMs(), undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}
