export { type Envelope, envelopeSchema, EVENT_VERSION, SOURCE_SERVICE } from './envelope/v1';

export {
  type AnyEvent,
  type EventOf,
  eventSchemas,
  type EventType,
  eventTypes,
  isEventType,
} from './events/event-schemas';
export { anyEventSchema } from './events/any-event-schema';
export { parseEvent } from './events/parse-event';

export {
  type StockLevelChangedEvent,
  stockLevelChangedEventSchema,
} from './events/stock-level-changed/v1';
export {
  type StockStatusChangedEvent,
  stockStatusChangedEventSchema,
} from './events/stock-status-changed/v1';
export {
  type LowStockThresholdReachedEvent,
  lowStockThresholdReachedEventSchema,
} from './events/low-stock-threshold-reached/v1';
export {
  type InventoryReservedEvent,
  inventoryReservedEventSchema,
} from './events/inventory-reserved/v1';
export {
  type InventoryReservationFailedEvent,
  inventoryReservationFailedEventSchema,
} from './events/inventory-reservation-failed/v1';
export {
  type InventoryReleasedEvent,
  inventoryReleasedEventSchema,
  type ReleaseReason,
  releaseReasonSchema,
} from './events/inventory-released/v1';
export {
  type InventoryCommittedEvent,
  inventoryCommittedEventSchema,
} from './events/inventory-committed/v1';
export { type LowStockEvent, lowStockEventSchema } from './events/low-stock/v1';
export { type OutOfStockEvent, outOfStockEventSchema } from './events/out-of-stock/v1';
export { type BackInStockEvent, backInStockEventSchema } from './events/back-in-stock/v1';
export {
  type StockDriftDetectedEvent,
  stockDriftDetectedEventSchema,
} from './events/stock-drift-detected/v1';

export { type InventoryUpdate, inventoryUpdateSchema } from './messages/inventory-update/v1';
export {
  type StockLevelChangedUpdate,
  stockLevelChangedUpdateSchema,
} from './messages/stock-level-changed-update/v1';
export {
  type InventoryStockUpdated,
  inventoryStockUpdatedSchema,
} from './messages/inventory-stock-updated/v1';
export { type AnyInventoryUpdate, parseInventoryUpdate } from './messages/parse-inventory-update';
export {
  type OrderCreated,
  orderCreatedSchema,
  type OrderLine,
  orderLineSchema,
} from './messages/order-created/v1';
export { type OrderCancelled, orderCancelledSchema } from './messages/order-cancelled/v1';
export { type PaymentSuccessful, paymentSuccessfulSchema } from './messages/payment-successful/v1';
export { type PaymentFailed, paymentFailedSchema } from './messages/payment-failed/v1';
export { type ProductCreated, productCreatedSchema } from './messages/product-created/v1';
export {
  type AnyOrderMessage,
  isOrderMessageType,
  orderMessageSchemas,
  type OrderMessageType,
  parseOrderMessage,
} from './messages/parse-order-message';
export type { TimeCheckOptions } from './messages/time-check';

export type {
  ParseFailure,
  ParseFailureCode,
  ParseIssue,
  ParseResult,
} from './parsing/parse-result';

export { type ChangeType, changeTypeSchema } from './values/change-type-schema';
export { type StockStatus, stockStatusSchema } from './values/stock-status-schema';
export { type ThresholdSource, thresholdSourceSchema } from './values/threshold-source-schema';

export { bindingKeys, type RoutingKey, routingKeyOf, routingKeys } from './topology/routing-keys';
export { partitionQueueOf, topology } from './topology/topology';
export { CONTENT_TYPE, messageHeaders } from './topology/message-headers';
export { limits } from './topology/limits';

export {
  createSequenceGuard,
  type SequencedEvent,
  type SequenceGuard,
  type SequenceStore,
  type SequenceVerdict,
} from './consuming/create-sequence-guard';
export { type ItemFields, itemKeyOf } from './consuming/item-key-of';
