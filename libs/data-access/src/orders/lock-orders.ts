import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';

const ORDER_LOCK_CLASS = 7_270_741;
/** Bounds the locks of a batch; orders that share one wait for each other, briefly and for nothing. */
const ORDER_LOCKS = 64;

/** No index: takes one lock after the other, in the order given. */
const LOCK_ORDERS_SQL = `
SELECT pg_advisory_xact_lock($1::int, lock) FROM unnest($2::int[]) AS lock`;

/**
 * Lets the events of an order pass one at a time, until the transaction ends. An order that nobody
 * has seen has no row to lock, and two sessions could each miss what the other writes of it. Taken
 * before any other lock, and in one order, so that nobody waits in a circle.
 */
export async function lockOrders(client: ClientBase, orderIds: readonly string[]): Promise<void> {
  const locks = [...new Set(orderIds.map(lockOf))].sort((a, b) => a - b);
  await client.query({
    name: 'lock-orders',
    text: LOCK_ORDERS_SQL,
    values: [ORDER_LOCK_CLASS, arrayLiteral(locks)],
  });
}

/** By the end of the id, which varies in every kind of UUID. */
function lockOf(orderId: string): number {
  return Number.parseInt(orderId.slice(-4), 16) % ORDER_LOCKS;
}
