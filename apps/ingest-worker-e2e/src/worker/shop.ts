import { waitUntil } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import type { World } from './open-world';
import type { OutgoingUpdate } from './open-broker';

/** What other services of a shop publish, and what becomes of it in the database. */
export interface Shop {
  /** As published by the service that owns the type. */
  publish(...events: readonly ShopEvent[]): Promise<void>;
  /** A product of which so many are there. */
  stocked(quantity: number): Promise<string>;
  /** The outcome of an event, once it had it. */
  outcomeOf(event: ShopEvent): Promise<string>;
  levelsOf(productId: string): Promise<Levels | undefined>;
  statusesOf(orderId: string): Promise<string[]>;
  eventTypesOf(productId: string): Promise<string[]>;
  /** Items whose numbers don't add up; there must be none. */
  findDrift(): Promise<object[]>;
}

export interface ShopEvent {
  type: string;
  body: { eventId: string } & Record<string, unknown>;
}

export interface Levels {
  on_hand: number;
  reserved: number;
  status: string;
}

export const shopEvent = (type: string, fields: object): ShopEvent => ({
  type,
  body: { eventId: randomUUID(), timestamp: new Date().toISOString(), ...fields },
});

export function orderCreated(orderId: string, ...lines: (readonly [string, number])[]): ShopEvent {
  const items = lines.map(([productId, quantity]) => ({ productId, quantity }));
  return shopEvent('order.created', { orderId, items });
}

export function createShop(world: World): Shop {
  const { broker, query } = world;

  async function outcomeOf({ body }: ShopEvent): Promise<string> {
    const outcome = await waitUntil(async () => (await world.outcomes()).get(body.eventId), {
      message: `an outcome of ${body.eventId}`,
    });
    return outcome as string;
  }

  return {
    publish: (...events) => broker.publish(events.map(toMessage)),
    async stocked(quantity) {
      const productId = randomUUID();
      const body = { eventId: randomUUID(), productId, newQuantity: quantity };
      await broker.publish([{ body }]);
      await outcomeOf({ type: 'update', body });
      return productId;
    },
    outcomeOf,
    async levelsOf(productId) {
      const [levels] = await query<Levels>(
        'SELECT on_hand, reserved, status FROM stock_items WHERE product_id = $1',
        [productId],
      );
      return levels;
    },
    async statusesOf(orderId) {
      const rows = await query<{ status: string }>(
        `SELECT CASE WHEN returned_at IS NULL THEN status::text ELSE 'RETURNED' END AS status
         FROM reservations WHERE order_id = $1 ORDER BY id`,
        [orderId],
      );
      return rows.map(({ status }) => status);
    },
    async eventTypesOf(productId) {
      const rows = await query<{ type: string }>(
        'SELECT event_type AS type FROM inventory_events WHERE product_id = $1 ORDER BY id',
        [productId],
      );
      return rows.map(({ type }) => type);
    },
    findDrift: () =>
      query(
        `SELECT i.id, i.on_hand, i.reserved FROM stock_items i
         WHERE i.on_hand <> (SELECT coalesce(sum(m.quantity), 0) FROM stock_movements m
                             WHERE m.item_id = i.id)
           OR i.reserved <> (SELECT coalesce(sum(r.quantity), 0) FROM reservations r
                             WHERE r.item_id = i.id AND r.status = 'PENDING')
           OR i.sequence <> (SELECT count(*) FROM inventory_events e WHERE e.item_id = i.id)`,
      ),
  };
}

export function toMessage({ type, body }: ShopEvent): OutgoingUpdate {
  const exchange = type.startsWith('product.') ? 'product.events' : 'order.events';
  return { exchange, routingKey: type, body };
}
