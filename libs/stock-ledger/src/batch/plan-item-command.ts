import type { LockedItem } from '@inventory-events/data-access';
import {
  type Decision,
  decide,
  type StockEvent,
  type ThresholdPolicy,
} from '@inventory-events/domain';
import type { Movement } from '@inventory-events/domain';
import type { BatchPlan } from './batch-plan';
import type { BatchState } from './batch-state';
import type { ItemLedgerCommand, LedgerAnswer, LedgerResult } from '../ledger-command';

type Refusal = 'not_found' | 'already_exists' | 'version_mismatch';

/** Decides what a command does to its item, and plans the rows. */
export function planItemCommand(
  plan: BatchPlan,
  state: BatchState,
  command: ItemLedgerCommand,
): LedgerResult {
  const stored = state.itemByKey(command.item);
  const refusal = refusalOf(command, stored);
  if (stored === undefined || refusal !== undefined) {
    const answer: LedgerAnswer = {
      outcome: refusal ?? 'not_found',
      ...(command.keepResult && stored !== undefined ? { item: stored } : {}),
    };
    plan.addInbox(command, answer);
    return { previousQuantityMismatch: false, eventCount: 0, ...answer };
  }
  const { sku = stored.sku } = command.item;
  const before: LockedItem = { ...stored, ...definedOf(command.settings), sku };
  const decision = decideInOrder(before, command, state.policyOf(before.id));
  const { outcome, previousQuantityMismatch } = decision;
  const isChanged = outcome === 'applied' || outcome === 'unchanged';
  const after = isChanged ? state.setItem(before, decision.state) : stored;
  if (isChanged) plan.items.set(after.id, after);

  const reportedPreviousQuantity = previousQuantityMismatch ? reportedQuantity(command) : null;
  let quantityAfter = before.onHand;
  for (const movement of decision.movements) {
    quantityAfter += movement.quantity;
    plan.addMovement(command, after.id, { quantityAfter, reportedPreviousQuantity, ...movement });
  }
  for (const event of decision.events) plan.addEvent(command, after, event);

  const answer: LedgerAnswer = {
    outcome,
    ...(decision.outcome === 'rejected' ? { reason: decision.reason } : {}),
    ...(command.keepResult ? { item: after } : {}),
  };
  plan.addInbox(command, answer);
  const changedItems = isChanged && command.keepResult ? { changedItems: [after] } : {};
  const eventCount = decision.events.length;
  return { previousQuantityMismatch, eventCount, ...answer, ...changedItems };
}

function refusalOf(
  { isNew, expectedVersion }: ItemLedgerCommand,
  stored: LockedItem | undefined,
): Refusal | undefined {
  if (stored === undefined) return 'not_found';
  // An item without a baseline is the bare row that the command itself had made.
  if (isNew && stored.baselined) return 'already_exists';
  if (expectedVersion !== undefined && stored.version !== expectedVersion) {
    return 'version_mismatch';
  }
  return undefined;
}

/** Each decided on what the one before it left; the first that does not apply undoes them all. */
function decideInOrder(
  before: LockedItem,
  { command, followedBy = [] }: ItemLedgerCommand,
  policy: ThresholdPolicy,
): Decision {
  let decided = decide(before, command, policy);
  const events: StockEvent[] = [...decided.events];
  const movements: Movement[] = [...decided.movements];
  for (const next of followedBy) {
    if (decided.outcome === 'rejected' || decided.outcome === 'stale') break;
    decided = decide(decided.state, next, policy);
    events.push(...decided.events);
    movements.push(...decided.movements);
  }
  if (decided.outcome === 'rejected' || decided.outcome === 'stale') {
    return { ...decided, state: before };
  }
  if (events.length + movements.length === 0) return decided;
  return { ...decided, outcome: 'applied', events, movements };
}

function definedOf(settings: ItemLedgerCommand['settings'] = {}) {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function reportedQuantity({ command }: ItemLedgerCommand): number | null {
  return command.type === 'observe' ? (command.previousQuantity ?? null) : null;
}
