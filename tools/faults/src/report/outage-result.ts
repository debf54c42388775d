import { type CaseResult, emptyResult } from './case-result';

/** One row of the table of outages. */
export interface OutageResult extends CaseResult {
  readonly injected: string;
  readonly seen: string;
  readonly limitMs: number;
}

export function emptyOutageResult({
  name,
  injected,
  expected,
  limitMs,
}: Pick<OutageResult, 'name' | 'injected' | 'expected' | 'limitMs'>): OutageResult {
  const own = { injected, expected, limitMs, seen: 'nothing' };
  return { ...emptyResult(name), ...own };
}
