import { setTimeout as delay } from 'node:timers/promises';

interface UntilOptions {
  what: string;
  timeoutMs: number;
  intervalMs?: number;
}

/** Asks again and again until the answer is true; the moment it was, by the monotonic clock. */
export async function until(
  isTrue: () => Promise<boolean>,
  { what, timeoutMs, intervalMs = 50 }: UntilOptions,
): Promise<number> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (await isTrue()) return performance.now();
    if (performance.now() > deadline) throw new Error(`gave up waiting: ${what}`);
    await delay(intervalMs);
  }
}
