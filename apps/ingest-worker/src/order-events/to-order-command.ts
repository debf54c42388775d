import type { OrderCreated, ProductCreated } from '@inventory-events/contracts';
import type {
  ItemLedgerCommand,
  LedgerCommand,
  OrderEventLedgerCommand,
} from '@inventory-events/stock-ledger';
import type { OrderEvent } from './order-event';
import { type LineItems, toLineItem } from './resolve-lines';

export interface OrderCommandOptions {
  /** Of the lines that had to be looked up. */
  readonly items: LineItems;
  /** How long stock is held where the order doesn't say it. */
  readonly ttlSeconds: number;
}

/** What an event asks of the ledger. */
export function toOrderCommand(
  { context, event }: OrderEvent,
  options: OrderCommandOptions,
): LedgerCommand {
  if (event.type === 'product.created') return { ...context, ...toOpening(event.message) };
  return { isOrderEvent: true, reservation: toReservation(event, options), ...context };
}

type OrderMessage = Exclude<OrderEvent['event'], { type: 'product.created' }>;

function toReservation(
  event: OrderMessage,
  options: OrderCommandOptions,
): OrderEventLedgerCommand['reservation'] {
  const { orderId } = event.message;
  switch (event.type) {
    case 'order.created':
      return toReserve(event.message, options);
    case 'payment.successful':
      return { type: 'commit', orderId };
    case 'payment.failed':
      return { type: 'cancel', orderId };
    case 'order.cancelled':
      return { type: 'restock', orderId };
  }
}

function toReserve(
  { orderId, userId, items: lines, ttlSeconds }: OrderCreated,
  options: OrderCommandOptions,
): OrderEventLedgerCommand['reservation'] {
  return {
    type: 'reserve',
    orderId,
    userId: userId ?? null,
    ttlMs: (ttlSeconds ?? options.ttlSeconds) * 1_000,
    lines: lines.map((line) => ({
      item: options.items.get(line) ?? toLineItem(line, []),
      quantity: line.quantity,
    })),
  };
}

function toOpening(
  message: ProductCreated,
): Pick<ItemLedgerCommand, 'item' | 'command' | 'settings'> {
  const { productId, variantId, warehouseId, sku, initialQuantity, lowStockThreshold } = message;
  const { reorderPoint, reorderQuantity } = message;
  return {
    item: { productId, variantId, warehouseId, sku },
    command: { type: 'open', quantity: initialQuantity ?? 0, lowStockThreshold },
    settings: { reorderPoint, reorderQuantity },
  };
}
