import { setTimeout as delay } from 'node:timers/promises';

/** A case that hangs is a failed case, not a harness that hangs. */
const CASE_LIMIT_MS = 180_000;

export async function withinLimit<Result>(
  work: Promise<Result>,
  limitMs = CASE_LIMIT_MS,
): Promise<Result> {
  const abort = new AbortController();
  const late = delay(limitMs, undefined, { signal: abort.signal }).then(() => {
    throw new Error(`the case took longer than ${limitMs} ms`);
  });
  late.catch(() => undefined); // it rejects by its abort as well
  try {
    return await Promise.race([work, late]);
  } finally {
    abort.abort();
  }
}
