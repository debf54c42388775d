import { secondsOf, verdictsOf } from './describe-result';
import type { OutageResult } from './outage-result';

/** One row per outage: injected how, expected, seen, time to heal. */
export function outageTable(results: readonly OutageResult[]): string[][] {
  const rows = results.map((result) => [
    result.name,
    result.injected,
    result.expected,
    result.seen,
    result.recoveryMs === undefined ? '-' : secondsOf(result.recoveryMs),
    result.notPossible === undefined ? verdictsOf(result) : 'not possible here',
  ]);
  return [['outage', 'injected', 'expected', 'seen', 'time to heal', 'verdicts'], ...rows];
}
