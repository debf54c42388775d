import { itemTextOf, type OrderOperation } from '../workload/operation';

/** EXPIRED: over, whether or not somebody has swept it. */
export type OrderState = 'REFUSED' | 'EXPIRED' | 'PENDING' | 'COMMITTED' | 'CANCELLED';

interface ToldOrder extends Pick<OrderOperation, 'lines'> {
  state: OrderState;
  readonly ttlSeconds: number | undefined;
}

export interface OrderStory {
  /** By orderId. */
  readonly orders: ReadonlyMap<string, Readonly<ToldOrder>>;
  /** By eventId: what it must have told of every line, where it told anything. */
  readonly told: ReadonlyMap<string, { type: string; lines: number }>;
  readonly onHand: ReadonlyMap<string, number>;
}

const EVENT_OF_STATE = {
  PENDING: 'InventoryReservedEvent',
  COMMITTED: 'InventoryCommittedEvent',
  CANCELLED: 'InventoryReleasedEvent',
} as const;

/**
 * What orders must have come to when they were handled in this order, each event once, on items of
 * this stock: an order gets all of its lines or none.
 */
export function tellOrders(
  operations: readonly OrderOperation[],
  stock: ReadonlyMap<string, number>,
): OrderStory {
  const orders = new Map<string, ToldOrder>();
  const told = new Map<string, { type: string; lines: number }>();
  const onHand = new Map(stock);
  const available = new Map(stock);

  function place({ eventId, orderId, lines, ttlSeconds }: OrderOperation): void {
    const fits = lines.every(
      (line) => (available.get(itemTextOf(line.item)) ?? 0) >= line.quantity,
    );
    orders.set(orderId, { state: fits ? 'PENDING' : 'REFUSED', lines, ttlSeconds });
    if (!fits) return;
    add(available, lines, -1);
    told.set(eventId, { type: EVENT_OF_STATE.PENDING, lines: lines.length });
  }

  function end(order: ToldOrder, { eventId, step }: OrderOperation): void {
    const isPaid = step === 'payment.successful';
    if (order.ttlSeconds !== undefined) {
      order.state = 'EXPIRED';
    } else {
      order.state = isPaid ? 'COMMITTED' : 'CANCELLED';
      told.set(eventId, { type: EVENT_OF_STATE[order.state], lines: order.lines.length });
    }
    if (order.state === 'COMMITTED') add(onHand, order.lines, -1);
    else add(available, order.lines, 1);
  }

  for (const operation of operations) {
    const order = orders.get(operation.orderId);
    if (operation.step === 'order.created') {
      if (order === undefined) place(operation);
    } else if (order?.state === 'PENDING') {
      end(order, operation);
    }
  }
  return { orders, told, onHand };
}

function add(to: Map<string, number>, lines: OrderOperation['lines'], sign: 1 | -1): void {
  for (const { item, quantity } of lines) {
    to.set(itemTextOf(item), (to.get(itemTextOf(item)) ?? 0) + sign * quantity);
  }
}
