import { seededUuid } from '../shop-day/seeded';
import type { Cause, StockChange, WireFormat } from '../shop-day/stock-change';

export interface UpdateMessage {
  eventId: string;
  /** The product: what the consistent-hash exchange hashes. */
  routingKey: string;
  body: Buffer;
}

const CHANGE_TYPES: Record<Cause, string> = {
  opening: 'ADJUSTMENT',
  sale: 'SALE',
  return: 'RETURN',
  restock: 'PURCHASE',
  'write-off': 'ADJUSTMENT',
};

const BODIES: Record<WireFormat, (change: StockChange) => object> = {
  native: ({ update }) => ({
    eventId: update.eventId,
    productId: update.productId,
    newQuantity: update.quantity,
    previousQuantity: update.previous,
    lowStockThreshold: update.threshold,
    sequence: update.sequence,
    occurredAt: update.occurredAt,
    correlationId: correlationIdOf(update.eventId),
  }),
  envelope: ({ update, cause, before }) => ({
    eventId: update.eventId,
    eventType: 'StockLevelChangedEvent',
    eventVersion: '1.0',
    timestamp: update.occurredAt,
    sourceService: 'ShopDay',
    correlationId: correlationIdOf(update.eventId),
    data: {
      productVariantId: update.productId,
      newQuantity: update.quantity,
      oldQuantity: before,
      quantityChanged: update.quantity - before,
      changeType: CHANGE_TYPES[cause],
      timestamp: update.occurredAt,
    },
  }),
  'stock-updated': ({ update, before }) => ({
    eventId: update.eventId,
    inventoryId: seededUuid('inventory', update.productId),
    productId: update.productId,
    oldStock: before,
    newStock: update.quantity,
    timestamp: update.occurredAt,
    correlationId: correlationIdOf(update.eventId),
  }),
};

/** The same change always gives the same bytes, so that a second delivery is a true duplicate. */
export function encodeChange(change: StockChange): UpdateMessage {
  const { eventId, productId } = change.update;
  const body = Buffer.from(JSON.stringify(BODIES[change.format](change)));
  return { eventId, routingKey: productId, body };
}

export function correlationIdOf(eventId: string): string {
  return seededUuid('correlation', eventId);
}
