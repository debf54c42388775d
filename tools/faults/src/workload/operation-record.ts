import type { Operation } from './operation';

/**
 * - ok: the broker has confirmed it.
 * - failed: it certainly did not arrive.
 * - unknown: nobody knows; it may have its effect or not.
 */
export type SendOutcome = 'ok' | 'failed' | 'unknown';

export interface OperationRecord {
  readonly operation: Operation;
  outcome: SendOutcome;
}
