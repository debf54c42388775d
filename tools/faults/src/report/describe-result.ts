import type { CaseResult } from './case-result';

const SHOWN_FINDINGS = 5;

/** A case in one line, and what was wrong with it in some more. */
export function describeResult(result: CaseResult): string {
  const { name, isPassed, notPossible, durationMs, recoveryMs, problem, findings } = result;
  if (notPossible !== undefined) return `skipped ${name}: not possible here: ${notPossible}`;
  const seconds = `${(durationMs / 1_000).toFixed(1)} s`;
  const healed = recoveryMs === undefined ? '' : `, healed in ${secondsOf(recoveryMs)}`;
  const line = `${isPassed ? 'passed' : 'FAILED'}  ${name} (${seconds}${healed}): ${verdictsOf(result)}`;
  if (isPassed) return line;
  const shown = findings
    .slice(0, SHOWN_FINDINGS)
    .map(({ verdict, subject, detail }) => `        ${verdict}: ${subject} ${detail}`);
  return [line, ...(problem === undefined ? [] : [`        ${problem}`]), ...shown].join('\n');
}

/** The verdicts with their numbers, or that there are none. */
export function verdictsOf({ findings }: Pick<CaseResult, 'findings'>): string {
  const counts = new Map<string, number>();
  for (const { verdict } of findings) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const texts = [...counts].map(([verdict, count]) => `${verdict} (${count})`);
  return texts.length === 0 ? 'clean' : texts.join(', ');
}

export function secondsOf(ms: number): string {
  return Number.isFinite(ms) ? `${(ms / 1_000).toFixed(1)} s` : 'never';
}
