import type { AnyEvent, EventType } from '@inventory-events/contracts';
import { type ItemKey, type LockedItem, NIL_UUID } from '@inventory-events/data-access';
import type { ItemEvent } from '@inventory-events/domain';

/** The facts around an event that its contract repeats in `data`. */
export interface EventContext {
  item: LockedItem;
  timestamp: string;
  correlationId: string;
}

interface CommonFields {
  key: ItemKey;
  sku: string | null;
  sequence: number | null;
  timestamp: string;
  correlationId: string;
}

type EventData = { [Type in EventType]: Extract<AnyEvent, { eventType: Type }>['data'] };
type CommonName = Exclude<keyof CommonFields, 'key'> | keyof ItemKey | 'productVariantId';
/** What an event says beside the common fields; undefined is left out. */
type OwnFields<Type extends EventType> = {
  [Name in Exclude<keyof EventData[Type], CommonName>]: EventData[Type][Name];
};

/** An event of the domain as the contract's `data`, in JSON. */
export function eventDataJson(event: ItemEvent, context: EventContext): string {
  const { item, timestamp, correlationId } = context;
  const { productId, sku } = item;
  const variantId = item.variantId === NIL_UUID ? null : item.variantId;
  const warehouseId = item.warehouseId === NIL_UUID ? null : item.warehouseId;
  const key = { productId, variantId, warehouseId };
  const common = { key, sku, sequence: event.sequence, timestamp, correlationId };
  return dataJson(common, ownFieldsOf(event, item));
}

/** One text for the fields that all events have: written once an event, it has to be cheap. */
export function dataJson(common: CommonFields, own: object): string {
  const { key, sku, sequence, timestamp, correlationId } = common;
  const { productId, variantId, warehouseId } = key;
  const rest = JSON.stringify(own).slice(1);
  return (
    `{"productVariantId":"${variantId ?? productId}","productId":"${productId}",` +
    `"variantId":${quoted(variantId)},"warehouseId":${quoted(warehouseId)},` +
    `"sku":${JSON.stringify(sku)},"sequence":${sequence},"timestamp":"${timestamp}",` +
    `"correlationId":${JSON.stringify(correlationId)}${rest === '}' ? '' : ','}${rest}`
  );
}

function quoted(id: string | null): string {
  return id === null ? 'null' : `"${id}"`;
}

function ownFieldsOf(event: ItemEvent, item: LockedItem): object {
  switch (event.type) {
    case 'StockLevelChanged':
      return {
        newQuantity: event.newQuantity,
        oldQuantity: event.previousQuantity,
        quantityChanged: event.quantityChanged,
        changeType: event.changeType,
      } satisfies OwnFields<'StockLevelChangedEvent'>;
    case 'StockStatusChanged':
      return {
        newStatus: event.newStatus,
        oldStatus: event.oldStatus,
        currentQuantity: item.onHand,
      } satisfies OwnFields<'StockStatusChangedEvent'>;
    case 'LowStockThresholdReached':
      return {
        currentQuantity: event.newQuantity,
        lowStockThreshold: event.threshold.lowStockThreshold,
      } satisfies OwnFields<'LowStockThresholdReachedEvent'>;
    case 'StockDriftDetected':
      return {
        onHand: event.onHand,
        movementTotal: event.movementTotal,
        reserved: event.reserved,
        pendingTotal: event.pendingTotal,
      } satisfies OwnFields<'StockDriftDetectedEvent'>;
    case 'LOW_STOCK':
    case 'OUT_OF_STOCK':
    case 'BACK_IN_STOCK':
      return {
        previousQuantity: event.previousQuantity,
        newQuantity: event.newQuantity,
        lowStockThreshold: event.threshold.lowStockThreshold,
        thresholdSource: event.threshold.source,
      } satisfies OwnFields<'LOW_STOCK'>;
    default:
      return reservationFieldsOf(event);
  }
}

type ReservationEvent = Extract<ItemEvent, { orderId: string }>;

function reservationFieldsOf(event: ReservationEvent): object {
  const { orderId } = event;
  const userId = event.userId ?? undefined;
  switch (event.type) {
    case 'InventoryReserved':
      return {
        orderId,
        userId,
        reservationId: event.reservationId,
        quantityReserved: event.quantityReserved,
        availableQuantityAfterReservation: event.availableQuantityAfterReservation,
      } satisfies OwnFields<'InventoryReservedEvent'>;
    case 'InventoryReservationFailed':
      return {
        orderId,
        userId,
        quantityAttempted: event.quantityAttempted,
        reasonForFailure: event.reasonForFailure,
      } satisfies OwnFields<'InventoryReservationFailedEvent'>;
    case 'InventoryReleased':
      return {
        orderId,
        userId,
        reservationId: event.reservationId,
        quantityReleased: event.quantityReleased,
        availableQuantityAfterRelease: event.availableQuantityAfterRelease,
        reasonForRelease: event.reasonForRelease,
      } satisfies OwnFields<'InventoryReleasedEvent'>;
    case 'InventoryCommitted':
      return {
        orderId,
        userId,
        reservationId: event.reservationId,
        quantityCommitted: event.quantityCommitted,
        availableQuantityAfterCommit: event.availableQuantityAfterCommit,
      } satisfies OwnFields<'InventoryCommittedEvent'>;
  }
}
