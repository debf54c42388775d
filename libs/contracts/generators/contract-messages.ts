import type { z } from 'zod';

import {
  type EventType,
  eventSchemas,
  eventTypes,
  inventoryStockUpdatedSchema,
  inventoryUpdateSchema,
  type OrderMessageType,
  orderMessageSchemas,
  routingKeyOf,
  stockLevelChangedUpdateSchema,
  topology,
} from '../src/index';

/** One message of the package: what is generated about it follows from these fields. */
export interface ContractMessage {
  name: string;
  summary: string;
  /** `produced` by the inventory for others, or `consumed` by it from others. */
  direction: 'produced' | 'consumed';
  schema: z.ZodType;
  exchange: keyof typeof topology.exchanges | null;
  /** The routing key, or the queue's name where a message is sent straight to a queue. */
  address: string;
}

const eventSummaries: Record<EventType, string> = {
  StockLevelChangedEvent: 'The physical quantity of an item changed.',
  StockStatusChangedEvent: 'The stock status of an item changed.',
  LowStockThresholdReachedEvent: 'The quantity fell to the low-stock threshold or below.',
  InventoryReservedEvent: 'Stock was put aside for an order.',
  InventoryReservationFailedEvent: 'Stock could not be put aside for an order.',
  InventoryReleasedEvent: 'Reserved stock is available again.',
  InventoryCommittedEvent: 'Reserved stock was sold.',
  LOW_STOCK: 'An item in stock became low.',
  OUT_OF_STOCK: 'Nothing of an item is available any more.',
  BACK_IN_STOCK: 'An item that was out of stock is available again.',
  StockDriftDetectedEvent: 'The stock of an item does not add up.',
};

const orderSummaries: Record<OrderMessageType, string> = {
  'order.created': "Reserve the order's lines, all or nothing.",
  'order.cancelled': "Give the order's stock back.",
  'payment.successful': "Commit the order's reservations.",
  'payment.failed': "Cancel the order's reservations.",
  'product.created': 'Open a stock entry for a new product.',
};

const updates: ContractMessage[] = [
  update('inventory.update', 'An inventory update in its native form.', inventoryUpdateSchema),
  update(
    'inventory.stock_level_changed',
    'An inventory update in the common event envelope.',
    stockLevelChangedUpdateSchema,
  ),
  update(
    'inventory.stock_updated',
    'An inventory update as the flat event of the Go inventory service.',
    inventoryStockUpdatedSchema,
  ),
];

function update(name: string, summary: string, schema: z.ZodType): ContractMessage {
  const address = topology.queues.updates;
  return { name, summary, direction: 'consumed', schema, exchange: null, address };
}

function toEventMessage(eventType: EventType): ContractMessage {
  return {
    name: eventType,
    summary: eventSummaries[eventType],
    direction: 'produced',
    schema: eventSchemas[eventType],
    exchange: 'events',
    address: routingKeyOf(eventType),
  };
}

function toOrderMessage(type: OrderMessageType): ContractMessage {
  return {
    name: type,
    summary: orderSummaries[type],
    direction: 'consumed',
    schema: orderMessageSchemas[type],
    exchange: type.startsWith('product.') ? 'productEvents' : 'orderEvents',
    address: type,
  };
}

/** Every message that this package describes, in the order in which documents list them. */
export const contractMessages: readonly ContractMessage[] = [
  ...eventTypes.map(toEventMessage),
  ...updates,
  ...(Object.keys(orderMessageSchemas) as OrderMessageType[]).map(toOrderMessage),
];
