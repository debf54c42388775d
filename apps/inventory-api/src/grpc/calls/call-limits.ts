import { AppError } from '@inventory-events/errors';
import { toAddressKey } from '@inventory-events/service-runtime/api';

/** Counts of the current minute. */
export interface HitCounter {
  increment(key: string): Promise<Hits> | Hits;
}

interface Hits {
  readonly totalHits: number;
  readonly resetTime: Date | undefined;
}

export interface CallLimitOptions {
  /** Calls of one subject; an address may guess at tokens ten times as often. */
  readonly perMinute: number;
  /** The HTTP API's own, so that a subject has one limit whichever way it comes. */
  readonly subjects: HitCounter;
  readonly addresses: HitCounter;
}

export interface CallLimits {
  /** Counts a call; RATE_LIMITED beyond the limit. */
  countCall(subject: string | undefined, peer: string): Promise<void>;
  /**
   * Counts a call without a valid token. Only these are counted by address: behind a proxy all
   * callers share one, and a token tells them apart.
   */
  countGuess(peer: string): Promise<void>;
}

const ADDRESS_FACTOR = 10;

export function createCallLimits(options: CallLimitOptions): CallLimits {
  const { perMinute, subjects, addresses } = options;
  return {
    countCall: (subject, peer) => count(subjects, subject ?? addressOf(peer), perMinute),
    countGuess: (peer) => count(addresses, addressOf(peer), perMinute * ADDRESS_FACTOR),
  };
}

async function count(counter: HitCounter, key: string, max: number): Promise<void> {
  const { totalHits, resetTime } = await counter.increment(key);
  if (totalHits <= max) return;
  const retryAfterMs = Math.max(0, (resetTime?.getTime() ?? 0) - Date.now());
  throw new AppError('RATE_LIMITED', 'Too many requests.', { details: { retryAfterMs } });
}

/** A peer is an address and a port. */
function addressOf(peer: string): string {
  return toAddressKey(peer.replace(/:\d+$/, ''));
}
