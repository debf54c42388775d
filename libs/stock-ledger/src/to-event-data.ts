import type { AnyEvent, EventType } from '@inventory-events/contracts';
import { type ItemKey, type LockedItem, NIL_UUID } from '@inventory-events/data-access';
import type { ItemEvent } from '@inventory-events/domain';

/** The facts around an event that its contract repeats in `data`. */
export interface EventContext {
  item: LockedItem;
  timestamp: string;
  correlationId: string;
}

type EventData = { [Type in EventType]: Extract<AnyEvent, { eventType: Type }>['data'] };

/** The published name of an event of the domain. */
export function eventTypeOf(event: ItemEvent): EventType {
  switch (event.type) {
    case 'LOW_STOCK':
    case 'OUT_OF_STOCK':
    case 'BACK_IN_STOCK':
      return event.type;
    default:
      return `${event.type}Event`;
  }
}

/** An event of the domain as the contract's `data`. */
export function toEventData(event: ItemEvent, context: EventContext): EventData[EventType] {
  const { item, timestamp, correlationId } = context;
  const variantId = item.variantId === NIL_UUID ? null : item.variantId;
  const warehouseId = item.warehouseId === NIL_UUID ? null : item.warehouseId;
  const { productId, sku } = item;
  const base = {
    ...itemFields({ productId, variantId, warehouseId }),
    sku,
    sequence: event.sequence,
    timestamp,
    correlationId,
  };
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
        currentQuantity: item.onHand,
      } satisfies EventData['StockStatusChangedEvent'];
    case 'LowStockThresholdReached':
      return {
        ...base,
        currentQuantity: event.newQuantity,
        lowStockThreshold: event.threshold.lowStockThreshold,
      } satisfies EventData['LowStockThresholdReachedEvent'];
    case 'StockDriftDetected':
      return {
        ...base,
        onHand: event.onHand,
        movementTotal: event.movementTotal,
        reserved: event.reserved,
        pendingTotal: event.pendingTotal,
      } satisfies EventData['StockDriftDetectedEvent'];
    case 'LOW_STOCK':
    case 'OUT_OF_STOCK':
    case 'BACK_IN_STOCK':
      return {
        ...base,
        previousQuantity: event.previousQuantity,
        newQuantity: event.newQuantity,
        lowStockThreshold: event.threshold.lowStockThreshold,
        thresholdSource: event.threshold.source,
      } satisfies EventData['LOW_STOCK'];
    default:
      return { ...base, ...reservationFields(event) };
  }
}

/** What identifies an item in every event's `data`. */
export function itemFields(key: ItemKey) {
  return {
    productVariantId: key.variantId ?? key.productId,
    productId: key.productId,
    variantId: key.variantId,
    warehouseId: key.warehouseId,
  };
}

type ReservationEvent = Extract<ItemEvent, { orderId: string }>;

function reservationFields(event: ReservationEvent) {
  const order = {
    orderId: event.orderId,
    ...(event.userId === null ? {} : { userId: event.userId }),
  };
  switch (event.type) {
    case 'InventoryReserved':
      return {
        ...order,
        reservationId: event.reservationId,
        quantityReserved: event.quantityReserved,
        availableQuantityAfterReservation: event.availableQuantityAfterReservation,
      };
    case 'InventoryReservationFailed':
      return {
        ...order,
        quantityAttempted: event.quantityAttempted,
        reasonForFailure: event.reasonForFailure,
      };
    case 'InventoryReleased':
      return {
        ...order,
        reservationId: event.reservationId,
        quantityReleased: event.quantityReleased,
        availableQuantityAfterRelease: event.availableQuantityAfterRelease,
        reasonForRelease: event.reasonForRelease,
      };
    case 'InventoryCommitted':
      return {
        ...order,
        reservationId: event.reservationId,
        quantityCommitted: event.quantityCommitted,
        availableQuantityAfterCommit: event.availableQuantityAfterCommit,
      };
  }
}
