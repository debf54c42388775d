import type { AnyEvent, EventType } from '@inventory-events/contracts';
import type { LockedItem } from '@inventory-events/data-access';
import { NIL_UUID } from '@inventory-events/data-access';
import type { StockEvent } from '@inventory-events/domain';

/** The facts around an event that its contract repeats in `data`. */
export interface EventContext {
  item: LockedItem;
  /** Physical quantity after the change. */
  onHand: number;
  timestamp: string;
  correlationId: string;
}

type EventData = { [Type in EventType]: Extract<AnyEvent, { eventType: Type }>['data'] };

/** The published name of an event of the domain. */
export function eventTypeOf(event: StockEvent): EventType {
  switch (event.type) {
    case 'StockLevelChanged':
    case 'StockStatusChanged':
    case 'LowStockThresholdReached':
      return `${event.type}Event`;
    default:
      return event.type;
  }
}

/** An event of the domain as the contract's `data`. */
export function toEventData(event: StockEvent, context: EventContext): EventData[EventType] {
  const base = itemDataOf(event, context);
  switch (event.type) {
    case 'StockLevelChanged':
      return {
        ...base,
        newQuantity: event.newQuantity,
        oldQuantity: event.previousQuantity,
        quantityChanged: event.quantityChanged,
        changeType: event.changeType,
      } satisfies EventData['StockLevelChangedEvent'];
    case 'StockStatusChanged':
      return {
        ...base,
        newStatus: event.newStatus,
        oldStatus: event.oldStatus,
        currentQuantity: context.onHand,
      } satisfies EventData['StockStatusChangedEvent'];
    case 'LowStockThresholdReached':
      return {
        ...base,
        currentQuantity: event.newQuantity,
        lowStockThreshold: event.threshold.lowStockThreshold,
      } satisfies EventData['LowStockThresholdReachedEvent'];
    default:
      return {
        ...base,
        previousQuantity: event.previousQuantity,
        newQuantity: event.newQuantity,
        lowStockThreshold: event.threshold.lowStockThreshold,
        thresholdSource: event.threshold.source,
      } satisfies EventData['LOW_STOCK'];
  }
}

function itemDataOf(event: StockEvent, { item, timestamp, correlationId }: EventContext) {
  const variantId = item.variantId === NIL_UUID ? null : item.variantId;
  return {
    productVariantId: variantId ?? item.productId,
    productId: item.productId,
    variantId,
    warehouseId: item.warehouseId === NIL_UUID ? null : item.warehouseId,
    sku: item.sku,
    sequence: event.sequence,
    timestamp,
    correlationId,
  };
}
