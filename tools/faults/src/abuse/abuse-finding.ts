/** The ways in which an API can fail those that mean it ill, or the others because of them. */
export const ABUSE_VERDICTS = [
  'let in',
  'wrong answer',
  'server fault',
  'unclear answer',
  'inside told',
  'no answer',
  'held up',
  'fell over',
  'grown',
] as const;

export type AbuseVerdict = (typeof ABUSE_VERDICTS)[number];

export interface AbuseFinding {
  readonly verdict: AbuseVerdict;
  /** What it concerns: the request, in short. */
  readonly subject: string;
  readonly detail: string;
}
