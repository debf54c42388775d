/** An item as its messages name it. */
export interface ItemName {
  readonly productId: string;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
}

interface SentMessage {
  /** The AMQP messageId: unlike an eventId, every message has its own. */
  readonly messageId: string;
  /** What concerns one item and goes through one lane is handled in the order of sending. */
  readonly lane: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: string;
}

/** A valid update: has its effect once, however often its eventId is sent. */
export interface UpdateOperation extends SentMessage {
  readonly kind: 'update';
  readonly eventId: string;
  readonly item: ItemName;
  readonly quantity: number;
  readonly previousQuantity?: number;
  readonly lowStockThreshold?: number;
  readonly sequence?: number;
  /** Epoch milliseconds. */
  readonly occurredAt?: number;
}

export type OrderStep = 'order.created' | 'payment.successful' | 'payment.failed';

export interface OrderLine {
  readonly item: ItemName;
  readonly quantity: number;
}

/** A valid event of an order. */
export interface OrderOperation extends SentMessage {
  readonly kind: 'order';
  readonly eventId: string;
  readonly orderId: string;
  readonly step: OrderStep;
  /** Of `order.created`; no item twice. */
  readonly lines: readonly OrderLine[];
  /** Of `order.created`. Where it is set, the order's other events are sent when it is over. */
  readonly ttlSeconds?: number;
}

/** Not processable: belongs into the dead-letter queue and nowhere else. */
export interface MalformedOperation extends SentMessage {
  readonly kind: 'malformed';
}

/** An eventId that was used before, with another body: belongs into the dead-letter queue. */
export interface ConflictOperation extends SentMessage {
  readonly kind: 'conflict';
  readonly eventId: string;
}

export type ValidOperation = UpdateOperation | OrderOperation;
export type Operation = ValidOperation | MalformedOperation | ConflictOperation;

export function isValid(operation: Operation): operation is ValidOperation {
  return operation.kind === 'update' || operation.kind === 'order';
}

export function itemTextOf({ productId, variantId, warehouseId }: ItemName): string {
  return [productId, variantId ?? '-', warehouseId ?? '-'].join('/');
}
