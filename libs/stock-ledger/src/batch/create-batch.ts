import type {
  ClockAndRules,
  LockedItem,
  ProcessedMessage,
  StoredOrderOutcome,
  StoredReservation,
} from '@inventory-events/data-access';
import type { ThresholdPolicy } from '@inventory-events/domain';
import { type BatchPlan, createBatchPlan } from './batch-plan';
import { type BatchState, createBatchState } from './batch-state';
import type { LedgerAnswer, LedgerCommand, LedgerResult } from '../ledger-command';
import { planItemCommand } from './plan-item-command';
import { planOrderEvent } from '../order-events/plan-order-event';
import { planReservationCommand } from './plan-reservation-command';

export interface BatchFacts {
  items: readonly LockedItem[];
  reservations: readonly StoredReservation[];
  orderOutcomes: readonly StoredOrderOutcome[];
  processed: readonly ProcessedMessage[];
  clockAndRules: ClockAndRules;
  defaults: Omit<ThresholdPolicy, 'rule'>;
}

/** The commands of a transaction, decided in steps. */
export interface Batch {
  /**
   * Decides further commands in order, each on the state that the ones before it left: one result
   * per command, and the rows to write in the plan. Pure.
   */
  decide(commands: readonly LedgerCommand[]): LedgerResult[];
  readonly plan: BatchPlan;
}

/** `facts`: the locked state of all that the commands are about. */
export function createBatch(facts: BatchFacts): Batch {
  const plan = createBatchPlan(facts.clockAndRules.nowMs, facts.orderOutcomes);
  const state = createBatchState(facts);
  const seen = new Map(
    facts.processed.map(({ messageId, bodyHash, result }) => [
      messageId,
      { bodyHash, answer: toAnswer(result) },
    ]),
  );

  function decideOne(command: LedgerCommand): LedgerResult {
    const { messageId, bodyHash } = command;
    const earlier = seen.get(messageId);
    if (earlier !== undefined) return repeated(earlier, bodyHash);
    const result = planCommand(plan, state, command);
    seen.set(messageId, { bodyHash, answer: command.keepResult ? toAnswer(result) : undefined });
    return result;
  }

  return { plan, decide: (commands) => commands.map(decideOne) };
}

function planCommand(plan: BatchPlan, state: BatchState, command: LedgerCommand): LedgerResult {
  if ('item' in command) return planItemCommand(plan, state, command);
  if ('reservation' in command) {
    return command.isOrderEvent
      ? planOrderEvent(plan, state, command)
      : planReservationCommand(plan, state, command);
  }
  plan.addInbox(command, command.refusal);
  return { previousQuantityMismatch: false, eventCount: 0, ...command.refusal };
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
