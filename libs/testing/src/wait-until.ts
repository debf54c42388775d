import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  timeoutMs?: number;
  intervalMs?: number;
  /** What was waited for, for the failure's message. */
  message?: string | (() => string);
}

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;

/**
 * Repeats `predicate` until it returns something truthy and returns that. A predicate that throws
 * counts as "not yet"; its last error is the cause of the failure.
 */
export async function waitUntil<T>(
  predicate: () => T | Promise<T>,
  { timeoutMs = 10_000, intervalMs = 25, message = 'a condition' }: WaitOptions = {},
): Promise<Truthy<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let cause: unknown;
    try {
      const result = await predicate();
      if (result) return result as Truthy<T>;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= deadline) {
      const what = typeof message === 'string' ? message : message();
      throw new Error(`waited ${timeoutMs} ms for ${what}`, { cause });
    }
    await delay(intervalMs);
  }
}
