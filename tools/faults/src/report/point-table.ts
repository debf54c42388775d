import type { PointsReport } from '../cases/run-points';
import type { CaseResult } from './case-result';
import { secondsOf } from './describe-result';

const ACTIONS = ['kill', 'pause', 'throw'] as const;

/** One row per point: how often it was passed, and what became of the cases of each action. */
export function pointTable({ hits, results }: PointsReport): string[][] {
  const rows = hits.map(({ app, point, hits: count }) => [
    app,
    point,
    String(count),
    ...ACTIONS.map((action) =>
      summaryOf(results.filter(({ name }) => name.startsWith(`${app} ${point} ${action} `))),
    ),
  ]);
  return [['app', 'point', 'hits', ...ACTIONS], ...rows];
}

/** How many of them passed, and the longest time to heal. */
function summaryOf(results: readonly CaseResult[]): string {
  if (results.length === 0) return '-';
  const passed = results.filter((result) => result.isPassed).length;
  const slowest = Math.max(...results.map((result) => result.recoveryMs ?? 0));
  return `${passed}/${results.length} ${secondsOf(slowest)}`;
}
