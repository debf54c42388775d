import { failure, type ParseFailure } from '../parsing/parse-result';

/** How far a sender's clock may run ahead of ours before its times are refused. */
export const DEFAULT_MAX_FUTURE_MS = 5 * 60 * 1_000;

/** The caller's clock, which a schema can't know. */
export interface TimeCheckOptions {
  nowMs: number;
  maxFutureMs?: number;
}

/**
 * Refuses a time that lies ahead: it would make every later update of its item look stale. A time
 * before 1970 is refused as well: it is the zero value of some language, not an instant.
 */
export function timeFailure(
  times: Readonly<Record<string, string | undefined>>,
  { nowMs, maxFutureMs = DEFAULT_MAX_FUTURE_MS }: TimeCheckOptions,
): ParseFailure | undefined {
  for (const [path, time] of Object.entries(times)) {
    if (time === undefined) continue;
    const timeMs = Date.parse(time);
    if (timeMs > nowMs + maxFutureMs) return failure('INVALID_MESSAGE', 'lies in the future', path);
    if (!(timeMs >= 0)) return failure('INVALID_MESSAGE', 'lies before 1970', path);
  }
  return undefined;
}
