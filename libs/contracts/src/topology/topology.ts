/** Every name on the broker that two parties have to agree on. Everything here is durable. */
export const topology = {
  exchanges: {
    /** Published events. What no queue is bound for goes to `unroutedEvents`. */
    events: 'inventory.events',
    unroutedEvents: 'inventory.events.unrouted',
    /** Consistent-hash exchange over the partitions; its routing key is the product id. */
    updates: 'inventory.updates',
    deadLetters: 'inventory.dlx',
    /** Orders and payments of other services. */
    orderEvents: 'order.events',
    productEvents: 'product.events',
  },
  exchangeTypes: {
    events: 'topic',
    unroutedEvents: 'fanout',
    updates: 'x-consistent-hash',
    deadLetters: 'direct',
    orderEvents: 'topic',
    productEvents: 'topic',
  },
  queues: {
    updates: 'inventory.updates',
    updatesDeadLetters: 'inventory.updates.dlq',
    orders: 'inventory.orders',
    ordersDeadLetters: 'inventory.orders.dlq',
    unroutedEvents: 'inventory.events.unrouted',
  },
  /** Keys on the dead-letter exchange: partitions share the dead-letter queue of `updates`. */
  deadLetterKeys: {
    updates: 'inventory.updates',
    orders: 'inventory.orders',
  },
  /** How the queue `orders` is bound. */
  orderBindings: [
    { exchange: 'order.events', key: 'order.#' },
    { exchange: 'order.events', key: 'payment.#' },
    { exchange: 'product.events', key: 'product.#' },
  ],
} as const;

/** The queue of one partition of the inventory updates: `inventory.updates.0`, `.1` … */
export function partitionQueueOf(partition: number): string {
  return `${topology.queues.updates}.${partition}`;
}
