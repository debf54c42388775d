import type { AbuseFinding } from '../abuse/abuse-finding';
import { type CaseResult, emptyResult } from './case-result';

/** One row of the table of abuse. */
export interface AbuseResult extends CaseResult {
  readonly findings: readonly AbuseFinding[];
  readonly story: string;
  /** Requests, calls and connections. */
  readonly sent: number;
  /** By status, code, or what became of a connection. */
  readonly answers: Readonly<Record<string, number>>;
  /** The longest that somebody else waited meanwhile. */
  readonly slowestMs: number;
  readonly notes: readonly string[];
}

export function emptyAbuseResult({
  name,
  story,
  expected,
}: Pick<AbuseResult, 'name' | 'story' | 'expected'>): AbuseResult {
  const nothing = { sent: 0, answers: {}, slowestMs: 0, notes: [], findings: [] };
  return { ...emptyResult(name), ...nothing, story, expected };
}
