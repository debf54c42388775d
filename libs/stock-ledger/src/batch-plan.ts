import { EVENT_VERSION, routingKeyOf, SOURCE_SERVICE } from '@inventory-events/contracts';
import {
  createUuidV7Source,
  type InboxRow,
  type InventoryEventRow,
  type LockedItem,
  type MovementRow,
  NIL_UUID,
  type OutboxRow,
} from '@inventory-events/data-access';
import type { Decision, Movement, StockEvent } from '@inventory-events/domain';
import type { LedgerCommand } from './ledger-command';
import { eventTypeOf, toEventData } from './to-event-data';

/** Everything that a batch writes, collected row by row in the order of its commands. */
export interface BatchPlan {
  readonly nowMs: number;
  readonly items: Map<string, LockedItem>;
  readonly movements: MovementRow[];
  readonly inbox: InboxRow[];
  readonly events: InventoryEventRow[];
  readonly outbox: OutboxRow[];
  /** Records what a command decided about its item, which is the state before the decision. */
  add(command: LedgerCommand, item: LockedItem, decision: Decision): void;
}

export function createBatchPlan(nowMs: number): BatchPlan {
  const ids = createUuidV7Source(nowMs);
  const timestamp = new Date(nowMs).toISOString();
  const plan: BatchPlan = {
    nowMs,
    items: new Map(),
    movements: [],
    inbox: [],
    events: [],
    outbox: [],
    add(command, item, decision) {
      const { messageId, source, bodyHash, correlationId } = command;
      plan.inbox.push({ messageId, source, bodyHash, outcome: decision.outcome, correlationId });
      if (decision.outcome === 'stale' || decision.outcome === 'rejected') return;
      const after = { ...item, ...decision.state, sku: command.item.sku ?? item.sku };
      plan.items.set(item.id, after);
      let quantity = item.onHand;
      for (const movement of decision.movements) {
        quantity += movement.quantity;
        plan.movements.push({
          id: ids.next(),
          quantityAfter: quantity,
          ...toMovementRow(command, item, movement, decision.previousQuantityMismatch),
        });
      }
      for (const event of decision.events) addEvent(command, after, event);
    },
  };

  function addEvent(command: LedgerCommand, item: LockedItem, event: StockEvent): void {
    const eventId = ids.next();
    const eventType = eventTypeOf(event);
    const { correlationId } = command;
    const context = { item, onHand: item.onHand, timestamp, correlationId };
    const data = JSON.stringify(toEventData(event, context));
    plan.events.push({
      id: eventId,
      productId: item.productId,
      variantId: item.variantId === NIL_UUID ? null : item.variantId,
      warehouseId: item.warehouseId === NIL_UUID ? null : item.warehouseId,
      itemId: item.id,
      sku: item.sku,
      eventType,
      sequence: event.sequence,
      previousQuantity: event.previousQuantity,
      newQuantity: event.newQuantity,
      lowStockThreshold: event.threshold.lowStockThreshold,
      thresholdSource: event.threshold.source,
      ruleId: event.threshold.ruleId,
      cause: command.command.type,
      causeMessageId: command.messageId,
      correlationId,
      data,
    });
    plan.outbox.push({
      itemId: item.id,
      eventId,
      eventType,
      sequence: event.sequence,
      routingKey: routingKeyOf(eventType),
      correlationId,
      payload:
        `{"eventId":"${eventId}","eventType":"${eventType}","eventVersion":"${EVENT_VERSION}",` +
        `"timestamp":"${timestamp}","sourceService":"${SOURCE_SERVICE}",` +
        `"correlationId":${JSON.stringify(correlationId)},"data":${data}}`,
      traceparent: command.traceparent ?? null,
    });
  }

  return plan;
}

function toMovementRow(
  command: LedgerCommand,
  item: LockedItem,
  movement: Movement,
  mismatch: boolean,
): Omit<MovementRow, 'id' | 'quantityAfter'> {
  return {
    itemId: item.id,
    type: movement.type,
    quantity: movement.quantity,
    reason: movement.reason,
    reference: movement.reference ?? null,
    causeMessageId: command.messageId,
    reportedPreviousQuantity: mismatch ? reportedQuantity(command) : null,
  };
}

function reportedQuantity({ command }: LedgerCommand): number | null {
  return command.type === 'observe' ? (command.previousQuantity ?? null) : null;
}
