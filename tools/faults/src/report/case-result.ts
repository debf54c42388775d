import type { AbuseFinding } from '../abuse/abuse-finding';
import type { Finding } from '../checker/finding';

/** One line of the report. */
export interface CaseResult {
  readonly name: string;
  readonly isPassed: boolean;
  /** What was to be seen: `clean`, or `convicted`. */
  readonly expected: string;
  readonly findings: readonly (Finding | AbuseFinding)[];
  /** Why it failed, where no finding says it. */
  readonly problem: string | undefined;
  /** Why this machine can't play it: then it has neither passed nor failed. */
  readonly notPossible?: string;
  readonly durationMs: number;
  readonly recoveryMs: number | undefined;
  /** Publications beyond the first of an event. */
  readonly repetitions: number;
  readonly deaths: number;
}

/** One that has not passed yet. */
export function emptyResult(name: string): CaseResult {
  return {
    name,
    isPassed: false,
    expected: 'clean',
    findings: [],
    problem: undefined,
    durationMs: 0,
    recoveryMs: undefined,
    repetitions: 0,
    deaths: 0,
  };
}
