import type { CaseResult } from './case-result';
import { verdictsOf } from './describe-result';

/** One row per case: what was expected of the checker, and what it said. */
export function mutantTable(results: readonly CaseResult[]): string[][] {
  const rows = results.map((result) => [
    result.name,
    result.expected,
    verdictsOf(result),
    result.isPassed ? 'passed' : 'FAILED',
  ]);
  return [['case', 'expected', 'found', ''], ...rows];
}
