/** The ways in which a run can break a promise. */
export const VERDICTS = [
  'lost',
  'applied twice',
  'ghost',
  'wrong effect',
  'never published',
  'published but not audited',
  'order violated',
  'sequence gap',
  'other body under the same eventId',
  'oversold',
  'on_hand ≠ Σ movements',
  'reserved ≠ Σ holds',
  'expired hold committed',
  'innocent message dead-lettered',
  'stuck',
  'slow to heal',
] as const;

export type Verdict = (typeof VERDICTS)[number];

export interface Finding {
  readonly verdict: Verdict;
  /** What it concerns: an id, and a word of what it is. */
  readonly subject: string;
  readonly detail: string;
}
