import {
  type ClockAndRules,
  itemKeyText,
  type LockedItem,
  type ProcessedMessage,
} from '@inventory-events/data-access';
import { decide, type ThresholdPolicy } from '@inventory-events/domain';
import { type BatchPlan, createBatchPlan } from './batch-plan';
import type { LedgerCommand, LedgerResult } from './ledger-command';
import { selectRule } from './select-rule';

export interface BatchFacts {
  items: readonly LockedItem[];
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
  const seen = new Map(facts.processed.map(({ messageId, bodyHash }) => [messageId, bodyHash]));
  const locked = new Map(facts.items.map((item) => [itemKeyText(item), item]));
  const policies = new Map<string, ThresholdPolicy>();

  const policyOf = (item: LockedItem): ThresholdPolicy => {
    let policy = policies.get(item.id);
    if (policy === undefined) {
      policy = { ...facts.defaults, rule: selectRule(facts.clockAndRules.rules, item) };
      policies.set(item.id, policy);
    }
    return policy;
  };

  const results = commands.map((command): LedgerResult => {
    const earlier = seen.get(command.messageId);
    if (earlier !== undefined) {
      const outcome = earlier.equals(command.bodyHash) ? 'duplicate' : 'conflict';
      return { outcome, previousQuantityMismatch: false, eventCount: 0 };
    }
    seen.set(command.messageId, command.bodyHash);
    // Every item of the batch was locked before, so it is there.
    const stored = locked.get(itemKeyText(command.item)) as LockedItem;
    const item = plan.items.get(stored.id) ?? stored;
    const decision = decide(item, command.command, policyOf(item));
    plan.add(command, item, decision);
    return {
      outcome: decision.outcome,
      ...(decision.outcome === 'rejected' ? { reason: decision.reason } : {}),
      previousQuantityMismatch: decision.previousQuantityMismatch,
      eventCount: decision.events.length,
    };
  });
  return { plan, results };
}
