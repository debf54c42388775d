export interface BackoffOptions {
  readonly initialMs: number;
  readonly maxMs: number;
  readonly factor?: number;
  /** 0 = none, 1 = anywhere between zero and the full delay. */
  readonly jitter?: number;
  readonly random?: () => number;
}

export interface Backoff {
  /** The delay before the next attempt; grows with every call. */
  nextDelayMs(): number;
  reset(): void;
}

/** Exponential backoff with jitter, so that replicas which lost the same server don't return at once. */
export function createBackoff(options: BackoffOptions): Backoff {
  let attempt = 0;
  return {
    nextDelayMs() {
      attempt += 1;
      return backoffDelayMs(attempt, options);
    },
    reset() {
      attempt = 0;
    },
  };
}

/** The delay after the given failed attempt (1 = the first), for counts kept elsewhere. */
export function backoffDelayMs(attempt: number, options: BackoffOptions): number {
  const { initialMs, maxMs, factor = 2, jitter = 0.5, random = Math.random } = options;
  const full = Math.min(maxMs, initialMs * factor ** Math.max(0, attempt - 1));
  return Math.round(full * (1 - jitter * random()));
}
