import type { AbuseResult } from './abuse-result';
import { secondsOf, verdictsOf } from './describe-result';

/** One row per case: how much was sent, what came back, and how long the others waited. */
export function abuseTable(results: readonly AbuseResult[]): string[][] {
  const rows = results.map((result) => [
    result.name,
    String(result.sent),
    Object.entries(result.answers)
      .map(([answer, count]) => `${answer} ×${count}`)
      .join(' '),
    secondsOf(result.slowestMs),
    result.problem === undefined ? verdictsOf(result) : 'FAILED',
    result.notes.join('; '),
  ]);
  return [['abuse', 'sent', 'answers', 'others waited', 'verdicts', 'notes'], ...rows];
}
