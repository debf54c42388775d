/**
 * The three forms in which an update may arrive; two of them stand for older systems of the shop.
 * The queue's readers bring all of them to one.
 */
const FORMS = {
  native: (update) => ({
    eventId: update.eventId,
    productId: update.productId,
    sku: update.sku,
    newQuantity: update.quantity,
    ...(update.previous !== null && { previousQuantity: update.previous }),
    occurredAt: update.occurredAt,
    correlationId: update.correlationId,
  }),
  envelope: (update) => ({
    eventId: update.eventId,
    eventType: 'StockLevelChangedEvent',
    eventVersion: '1.0',
    timestamp: update.occurredAt,
    sourceService: 'WarehouseSystem',
    correlationId: update.correlationId,
    data: {
      productVariantId: update.productId,
      sku: update.sku,
      newQuantity: update.quantity,
      ...(update.previous !== null && { oldQuantity: update.previous }),
      timestamp: update.occurredAt,
    },
  }),
  flat: (update) => ({
    eventId: update.eventId,
    eventType: 'inventory.stock_updated',
    productId: update.productId,
    sku: update.sku,
    newStock: update.quantity,
    ...(update.previous !== null && { oldStock: update.previous }),
    timestamp: update.occurredAt,
    correlationId: update.correlationId,
  }),
};

export function encodeUpdate(update, form = 'native') {
  return Buffer.from(JSON.stringify(FORMS[form](update)));
}
