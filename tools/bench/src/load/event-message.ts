import type { Options } from 'amqplib';

export interface EventMessage {
  itemNumber: number;
  itemId: string;
  eventId: string;
  sequence: number;
  eventType: string;
  routingKey: string;
  body: string;
  properties: Options.Publish;
}

const ITEMS = 2_000;
const TIMESTAMP = '2024-12-02T08:26:00.000Z';

/** The n-th event of a backlog over 2 000 items, as it is stored and as it is published. */
export function eventMessage(index: number): EventMessage {
  const itemNumber = index % ITEMS;
  const sequence = Math.floor(index / ITEMS) + 1;
  const eventId = uuidOf(1, index);
  const itemId = uuidOf(2, itemNumber);
  const productId = uuidOf(3, itemNumber);
  const correlationId = uuidOf(4, index);
  const eventType = 'StockLevelChangedEvent';
  const body = JSON.stringify({
    eventId,
    eventType,
    eventVersion: '1.0',
    timestamp: TIMESTAMP,
    sourceService: 'InventoryService',
    correlationId,
    data: {
      productVariantId: productId,
      productId,
      variantId: null,
      warehouseId: null,
      sku: `SKU-${itemNumber}`,
      sequence,
      newQuantity: 100 + sequence,
      oldQuantity: 99 + sequence,
      quantityChanged: 1,
      changeType: 'ADJUSTMENT',
      timestamp: TIMESTAMP,
      correlationId,
    },
  });
  const properties = {
    mandatory: true,
    persistent: true,
    contentType: 'application/json',
    messageId: eventId,
    type: eventType,
    correlationId,
    timestamp: Date.parse(TIMESTAMP) / 1000,
    headers: { 'x-item-id': itemId, 'x-sequence': sequence },
  };
  const routingKey = 'inventory.stock.changed';
  return { itemNumber, itemId, eventId, sequence, eventType, routingKey, body, properties };
}

function uuidOf(kind: number, index: number): string {
  const tail = index.toString(16).padStart(12, '0');
  return `0193850b-${kind.toString(16).padStart(4, '0')}-7000-8000-${tail}`;
}
