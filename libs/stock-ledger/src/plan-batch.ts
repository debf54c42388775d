import type {
  ClockAndRules,
  LockedItem,
  ProcessedMessage,
  StoredReservation,
} from '@inventory-events/data-access';
import type { ThresholdPolicy } from '@inventory-events/domain';
import { type BatchPlan, createBatchPlan } from './batch-plan';
import { createBatchState } from './batch-state';
import type { LedgerAnswer, LedgerCommand, LedgerResult } from './ledger-command';
import { planItemCommand } from './plan-item-command';
import { planReservationCommand } from './plan-reservation-command';

export interface BatchFacts {
  items: readonly LockedItem[];
  reservations: readonly StoredReservation[];
  processed: readonly ProcessedMessage[];
  clockAndRules: ClockAndRules;
  defaults: Omit<ThresholdPolicy, 'rule'>;
}

/**
 * Decides the commands of a batch in order, each on the state that the ones before it left.
 * Pure: reads the locked state and returns what to write and one result per command.
 */
export function planBatch(
  commands: readonly LedgerCommand[],
  facts: BatchFacts,
): { plan: BatchPlan; results: LedgerResult[] } {
  const plan = createBatchPlan(facts.clockAndRules.nowMs);
  const state = createBatchState(facts);
  const seen = new Map(
    facts.processed.map(({ messageId, bodyHash, result }) => [
      messageId,
      { bodyHash, answer: toAnswer(result) },
    ]),
  );
  const results = commands.map((command): LedgerResult => {
    const { messageId, bodyHash } = command;
    const earlier = seen.get(messageId);
    if (earlier !== undefined) return repeated(earlier, bodyHash);
    const result =
      'item' in command
        ? planItemCommand(plan, state, command)
        : planReservationCommand(plan, state, command);
    seen.set(messageId, { bodyHash, answer: command.keepResult ? toAnswer(result) : undefined });
    return result;
  });
  return { plan, results };
}

function repeated(
  earlier: { bodyHash: Buffer; answer: LedgerAnswer | undefined },
  bodyHash: Buffer,
): LedgerResult {
  const nothing = { previousQuantityMismatch: false, eventCount: 0 };
  if (!earlier.bodyHash.equals(bodyHash)) return { outcome: 'conflict', ...nothing };
  const { answer } = earlier;
  return { outcome: 'duplicate', ...(answer ? { earlier: answer } : {}), ...nothing };
}

/** What stands in the inbox was written by this ledger; null where nobody waited for an answer. */
function toAnswer(result: unknown): LedgerAnswer | undefined {
  return result === null ? undefined : (result as LedgerAnswer);
}
