import type { History } from '../record/history';
import { findAppliedTwice } from './effects/find-applied-twice';
import { findGhosts } from './effects/find-ghosts';
import { findLost } from './effects/find-lost';
import { findWrongEffects } from './effects/find-wrong-effects';
import { findWrongOrders } from './effects/find-wrong-orders';
import { createEvidence } from './evidence';
import type { Finding } from './finding';
import { findInnocentDeadLetters } from './liveness/find-innocent-dead-letters';
import { findSlowRecoveries } from './liveness/find-slow-recoveries';
import { findStuck } from './liveness/find-stuck';
import { findDisorder } from './publication/find-disorder';
import { findNeverPublished } from './publication/find-never-published';
import { findOtherBodies } from './publication/find-other-bodies';
import { findSequenceGaps } from './publication/find-sequence-gaps';
import { findUnaudited } from './publication/find-unaudited';
import { findExpiredCommits } from './stock/find-expired-commits';
import { findOversold } from './stock/find-oversold';
import { findUnbalanced } from './stock/find-unbalanced';

const SEARCHES = [
  findLost,
  findAppliedTwice,
  findGhosts,
  findWrongEffects,
  findWrongOrders,
  findNeverPublished,
  findUnaudited,
  findDisorder,
  findSequenceGaps,
  findOtherBodies,
  findOversold,
  findUnbalanced,
  findExpiredCommits,
  findInnocentDeadLetters,
  findStuck,
  findSlowRecoveries,
] as const;

/** Every promise that the history shows to be broken; none when it kept them all. Pure. */
export function checkHistory(history: History): Finding[] {
  const evidence = createEvidence(history);
  return SEARCHES.flatMap((search) => search(evidence));
}
