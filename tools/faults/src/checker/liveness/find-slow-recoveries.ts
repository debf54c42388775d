import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Faults from which it took longer to recover than is promised. */
export function findSlowRecoveries({ history }: Evidence): Finding[] {
  return history.recoveries
    .filter(({ tookMs, limitMs }) => tookMs > limitMs)
    .map(({ fault, tookMs, limitMs }) => ({
      verdict: 'slow to heal',
      subject: fault,
      detail: `${Math.round(tookMs)} ms, ${limitMs} ms are promised`,
    }));
}
