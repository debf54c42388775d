import { setTimeout as delay } from 'node:timers/promises';

/**
 * Repeats `probe` until it stops throwing; then returns what it returned. Gives up after
 * `timeoutMs`, or as soon as `hasFailed()` names a reason why waiting longer is pointless.
 */
export async function waitFor(probe, { what, timeoutMs, intervalMs = 50, hasFailed = () => null }) {
  const deadline = Date.now() + timeoutMs;
  let last;
  do {
    const reason = hasFailed();
    if (reason) throw new Error(`${what}: ${reason}`);
    try {
      return await probe();
    } catch (error) {
      last = error;
    }
    await delay(intervalMs);
  } while (Date.now() < deadline);
  throw new Error(`${what}: not within ${timeoutMs} ms (${last.message})`, { cause: last });
}
