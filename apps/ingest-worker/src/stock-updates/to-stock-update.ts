import type { AnyInventoryUpdate } from '@inventory-events/contracts';
import type { ObserveCommand } from '@inventory-events/domain';
import type { ItemLedgerCommand } from '@inventory-events/stock-ledger';

/** What a message says about an item, whichever form it came in. */
export interface StockUpdate {
  readonly eventId: string | undefined;
  readonly correlationId: string | undefined;
  readonly item: ItemLedgerCommand['item'];
  readonly command: ObserveCommand;
}

/** Maps the three accepted forms to the one command; nothing behind this knows the forms. */
export function toStockUpdate(update: AnyInventoryUpdate): StockUpdate {
  switch (update.form) {
    case 'native':
      return fromNative(update.message);
    case 'envelope':
      return fromEnvelope(update.message);
    case 'stock_updated':
      return fromStockUpdated(update.message);
  }
}

type MessageOf<Form extends AnyInventoryUpdate['form']> = Extract<
  AnyInventoryUpdate,
  { form: Form }
>['message'];

function fromNative(message: MessageOf<'native'>): StockUpdate {
  const { eventId, correlationId, productId, variantId, warehouseId, sku } = message;
  return {
    eventId,
    correlationId,
    item: { productId, variantId, warehouseId, sku },
    command: {
      type: 'observe',
      quantity: message.newQuantity,
      previousQuantity: message.previousQuantity,
      lowStockThreshold: message.lowStockThreshold,
      sequence: message.sequence,
      occurredAt: toEpochMs(message.occurredAt),
    },
  };
}

function fromEnvelope({ data, ...envelope }: MessageOf<'envelope'>): StockUpdate {
  return {
    eventId: envelope.eventId,
    correlationId: envelope.correlationId ?? data.correlationId,
    item: { warehouseId: data.warehouseId, sku: data.sku, ...toProduct(data) },
    command: {
      type: 'observe',
      quantity: data.newQuantity,
      previousQuantity: data.oldQuantity,
      lowStockThreshold: data.lowStockThreshold,
      sequence: data.sequence,
      occurredAt: toEpochMs(data.timestamp ?? envelope.timestamp),
      changeType: data.changeType,
    },
  };
}

/** A product without variants is its own variant in the documents' event. */
function toProduct(data: MessageOf<'envelope'>['data']) {
  const { productId, productVariantId } = data;
  if (productId === undefined || productId === productVariantId) {
    return { productId: productVariantId, variantId: null };
  }
  return { productId, variantId: productVariantId };
}

function fromStockUpdated(message: MessageOf<'stock_updated'>): StockUpdate {
  const { eventId, correlationId, productId, variantId, warehouseId, sku } = message;
  return {
    eventId,
    correlationId,
    item: { productId, variantId, warehouseId, sku },
    command: {
      type: 'observe',
      quantity: message.newStock,
      previousQuantity: message.oldStock,
      occurredAt: toEpochMs(message.timestamp),
    },
  };
}

function toEpochMs(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}
