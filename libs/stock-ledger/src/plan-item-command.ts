import { decide } from '@inventory-events/domain';
import type { BatchPlan } from './batch-plan';
import type { BatchState } from './batch-state';
import type { ItemLedgerCommand, LedgerAnswer, LedgerResult } from './ledger-command';

/** Decides what a command does to its item, and plans the rows. */
export function planItemCommand(
  plan: BatchPlan,
  state: BatchState,
  command: ItemLedgerCommand,
): LedgerResult {
  const stored = state.itemByKey(command.item);
  if (stored === undefined) {
    const answer: LedgerAnswer = { outcome: 'not_found' };
    plan.addInbox(command, answer);
    return { ...answer, previousQuantityMismatch: false, eventCount: 0 };
  }
  const before = { ...stored, sku: command.item.sku ?? stored.sku };
  const decision = decide(before, command.command, state.policyOf(before.id));
  const { outcome, previousQuantityMismatch } = decision;
  const isChanged = outcome === 'applied' || outcome === 'unchanged';
  const after = isChanged ? state.setItem(before, decision.state) : stored;
  if (isChanged) plan.items.set(after.id, after);

  const reportedPreviousQuantity = previousQuantityMismatch ? reportedQuantity(command) : null;
  let quantityAfter = before.onHand;
  for (const movement of decision.movements) {
    quantityAfter += movement.quantity;
    plan.addMovement(command, after.id, { ...movement, quantityAfter, reportedPreviousQuantity });
  }
  for (const event of decision.events) plan.addEvent(command, after, event);

  const answer: LedgerAnswer = {
    outcome,
    ...(outcome === 'rejected' ? { reason: decision.reason } : {}),
    ...(command.keepResult ? { item: after } : {}),
  };
  plan.addInbox(command, answer);
  return { ...answer, previousQuantityMismatch, eventCount: decision.events.length };
}

function reportedQuantity({ command }: ItemLedgerCommand): number | null {
  return command.type === 'observe' ? (command.previousQuantity ?? null) : null;
}
