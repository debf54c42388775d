import { setTimeout as delay } from 'node:timers/promises';

/** A case that hangs is a failed case, not a harness that hangs. */
const CASE_LIMIT_MS = 180_000;

export async function withinLimit<Result>(work: Promise<Result>): Promise<Result> {
  const abort = new AbortController();
  const late = delay(CASE_LIMIT_MS, undefined, { signal: abort.signal }).then(() => {
    throw new Error(`the case took longer than ${CASE_LIMIT_MS} ms`);
  });
  late.catch(() => undefined); // it rejects by its abort as well
  try {
    return await Promise.race([work, late]);
  } finally {
    abort.abort();
  }
}
